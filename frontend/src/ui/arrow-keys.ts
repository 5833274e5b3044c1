import { isTelevision } from '../lib/preferences.js'
import { nearest, type Direction } from '../lib/spatial.js'

const directions: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex]:not([tabindex="-1"]), [role="slider"]'

/** Widgets that give arrow keys a meaning of their own. */
const own = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [role=slider], [role=menu], [role=listbox], [role=tablist], [role=radiogroup], [contenteditable], [data-own-arrows]'

/**
 * Moves the focus with the arrow keys: on a television everywhere, else among the cards of shelves and grids (`data-arrows`).
 * Stays inside an open dialog. Returns what ends it.
 */
export function installArrowKeys(): () => void {
  const press = (event: KeyboardEvent) => {
    const direction = directions[event.key]
    if (!direction || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const active = document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null
    const television = isTelevision()
    if (active?.closest(own)) return
    if (!television && !active?.closest('[data-arrows]')) return
    const target = active ? targetOf(active, direction) : firstIn(document.querySelector('main') ?? document.body)
    if (!target) return
    event.preventDefault()
    target.focus({ preventScroll: true })
    bringIntoSight(target)
  }
  addEventListener('keydown', press)
  return () => removeEventListener('keydown', press)
}

const isShown = (element: HTMLElement) => element.tabIndex >= 0 && element.checkVisibility?.({ visibilityProperty: true }) !== false && element.getClientRects().length > 0

const within = (scope: ParentNode) => [...scope.querySelectorAll<HTMLElement>(focusable)].filter(isShown)

function targetOf(active: HTMLElement, direction: Direction): HTMLElement | undefined {
  const dialog = active.closest<HTMLElement>('[role=dialog], [role=alertdialog]')
  const from = active.getBoundingClientRect()
  const pick = (candidates: readonly HTMLElement[]) => {
    const others = candidates.filter(one => one !== active && !one.contains(active) && !active.contains(one))
    return others[nearest(from, others.map(one => one.getBoundingClientRect()), direction)]
  }
  // Sideways, a row keeps the focus until its end.
  const row = active.closest<HTMLElement>('[data-arrows]')
  const sideways = direction === 'left' || direction === 'right'
  return (row && sideways ? pick(within(row)) : undefined) ?? pick(within(dialog ?? document.body))
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
