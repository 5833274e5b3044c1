import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { messageOf } from '../lib/problem.js'
import { IconButton } from './button.js'

const manager = Toast.createToastManager()

interface Notice {
  readonly text: string
  readonly detail?: string
  /** Takes back what was just done; offered as a button while the toast is there. */
  readonly undo?: () => void
  readonly action?: { readonly label: string; readonly run: () => void }
  /** Stays until it is closed. */
  readonly sticky?: boolean
}

/** Tells what has just happened, with a way back: `notify({ text: 'Marked as watched', undo })`. */
export function notify({ text, detail, undo, action, sticky = false }: Notice): void {
  const offered = undo ? { label: 'Undo', run: undo } : action
  const id = manager.add({
    title: text,
    ...(detail !== undefined && { description: detail }),
    timeout: sticky ? 0 : undo ? 8000 : 5000,
    priority: 'low',
    ...(offered && {
      actionProps: {
        children: offered.label,
        onClick() {
          manager.close(id)
          offered.run()
        },
      },
    }),
  })
}

/** Tells that something did not work, in the problem's own words. */
export function notifyError(error: unknown, retry?: () => void): void {
  const id = manager.add({
    title: messageOf(error),
    type: 'error',
    timeout: 8000,
    priority: 'high',
    ...(retry && { actionProps: { children: 'Try again', onClick: () => (manager.close(id), retry()) } }),
  })
}

/** Where toasts appear; mounted once. */
export const Toasts = () => (
  <Toast.Provider toastManager={manager} limit={3}>
    <Toast.Portal>
      <Toast.Viewport className="fixed inset-x-4 bottom-[calc(var(--dock)+var(--bar)+1rem+env(safe-area-inset-bottom))] z-60 mx-auto flex w-auto max-w-md flex-col-reverse gap-2 md:right-6 md:left-auto md:mx-0 md:w-full">
        <List />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
)

const List = () =>
  Toast.useToastManager().toasts.map(toast => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={['down', 'right']}
      className="rounded-m bg-surface-3 text-ink-1 shadow-raised ring-1 ring-line transition-[opacity,translate] data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-3 data-starting-style:opacity-0 data-[type=error]:ring-loss"
    >
      <Toast.Content className="flex items-center gap-3 py-1.5 pr-1.5 pl-4">
        <div className="min-w-0 flex-1 py-1.5">
          <Toast.Title className="text-small font-medium text-ink-1" />
          <Toast.Description className="text-caption text-ink-2" />
        </div>
        <Toast.Action className="h-9 shrink-0 rounded-s px-3 text-small font-semibold text-accent-ink hover:bg-surface-2" />
        <Toast.Close render={<IconButton label="Dismiss" size="s" />}>
          <X />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
