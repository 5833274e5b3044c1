import { isTelevision } from '../lib/preferences.js'
import { nearest, type Direction } from '../lib/spatial.js'

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex]:not([tabindex="-1"]), [role="slider"]'

/** Widgets that give arrow keys a meaning of their own, and along which axis. */
const ownAxes: readonly (readonly [selector: string, axis: 'both' | 'x' | 'y'])[] = [
  ['[role=menu], [role=listbox], [role=combobox], textarea, select, [contenteditable]', 'both'],
  ['[aria-orientation=vertical]', 'y'],
  ['[role=slider], input:not([type=checkbox]), [role=tablist], [role=radiogroup], [data-own-arrows]', 'x'],
]
const ownAxis = (element: Element | null) => (element && ownAxes.find(([selector]) => element.closest(selector))?.[1]) ?? null

const isSideways = (direction: Direction) => direction === 'left' || direction === 'right'

/**
 * Moves the focus with the arrow keys: on a television everywhere, else among the cards of shelves and grids (`data-arrows`).
 * A slider or a line of text keeps the keys of its axis; on a television the others lead away from it, since there is no Tab.
 * Stays inside an open dialog. Returns what ends it.
 */
export function installArrowKeys(): () => void {
  const move = (event: KeyboardEvent, direction: Direction) => {
    const active = focused()
    const target = active ? targetOf(active, direction) : firstIn(document.querySelector('main') ?? document.body)
    if (!target) return
    event.preventDefault()
    event.stopPropagation()
    target.focus({ preventScroll: true })
    bringIntoSight(target)
  }
  const asked = (event: KeyboardEvent) =>
    event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : directions[event.key]
  // Before the widget itself sees the key.
  const leave = (event: KeyboardEvent) => {
    const direction = asked(event)
    const axis = ownAxis(focused())
    if (direction && isTelevision() && (axis === 'x' || axis === 'y') && (axis === 'x') !== isSideways(direction))
      move(event, direction)
  }
  const press = (event: KeyboardEvent) => {
    const direction = asked(event)
    const active = focused()
    if (!direction || event.defaultPrevented || ownAxis(active)) return
    if (isTelevision() || active?.closest('[data-arrows]')) move(event, direction)
  }
  addEventListener('keydown', leave, { capture: true })
  addEventListener('keydown', press)
  return () => {
    removeEventListener('keydown', leave, { capture: true })
    removeEventListener('keydown', press)
  }
}

const focused = (): HTMLElement | null =>
  document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null

const isShown = (element: HTMLElement) =>
  element.tabIndex >= 0 &&
  element.checkVisibility?.({ visibilityProperty: true }) !== false &&
  element.getClientRects().length > 0

const within = (scope: ParentNode) => [...scope.querySelectorAll<HTMLElement>(focusable)].filter(isShown)

function targetOf(active: HTMLElement, direction: Direction): HTMLElement | undefined {
  const dialog = active.closest<HTMLElement>('[role=dialog], [role=alertdialog]')
  const from = active.getBoundingClientRect()
  const pick = (candidates: readonly HTMLElement[]) => {
    const others = candidates.filter(one => one !== active && !one.contains(active) && !active.contains(one))
    return others[
      nearest(
        from,
        others.map(one => one.getBoundingClientRect()),
        direction,
      )
    ]
  }
  // Sideways, a row keeps the focus until its end.
  const row = active.closest<HTMLElement>('[data-arrows]')
  return (row && isSideways(direction) ? pick(within(row)) : undefined) ?? pick(within(dialog ?? document.body))
}

const firstIn = (scope: ParentNode) => within(scope)[0]

/** With room around, so that the next row is seen, and virtual lists render it. */
function bringIntoSight(element: HTMLElement) {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
  const { top, bottom } = element.getBoundingClientRect()
  const margin = innerHeight * 0.18
  if (top < margin) scrollBy({ top: top - margin, behavior: 'instant' })
  else if (bottom > innerHeight - margin) scrollBy({ top: bottom - innerHeight + margin, behavior: 'instant' })
}
