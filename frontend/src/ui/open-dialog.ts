/** Whether a dialog is open, whose keys these are then. A toast is not one, though it says so: it lets what is behind it go on. */
export const isDialogOpen = (): boolean => document.querySelector('[role=dialog]:not([aria-modal=false])') !== null

/** Whether a menu or a list to choose from is open, whose keys these are then. */
export const isMenuOpen = (): boolean => document.querySelector('[role=menu], [role=listbox]') !== null
