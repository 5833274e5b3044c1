import { isTelevision } from '../lib/preferences.js'
import { nextSpot, type Direction } from '../lib/spatial.js'
import { beginning, boxOf, focused, within } from './focusable.js'
import { lastInContent } from './page-focus.js'

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** Rows and grids. `data-row` only holds together what stands in a row; in `data-arrows` arrow keys work at a desk, too. */
const groupSelector = '[data-arrows], [data-row], [role=tablist]'

/** Widgets that give arrow keys a meaning of their own, and along which axis. */
const ownAxes: readonly (readonly [selector: string, axis: 'both' | 'x' | 'y'])[] = [
  ['[role=menu], [role=listbox], [role=combobox], textarea, select, [contenteditable]', 'both'],
  ['[aria-orientation=vertical]', 'y'],
  ['[role=slider], input:not([type=checkbox]), [role=tablist], [role=radiogroup], [data-own-arrows]', 'x'],
]
const ownAxis = (element: Element | null) => (element && ownAxes.find(([selector]) => element.closest(selector))?.[1]) ?? null
/** A button that would open its menu or list by arrow keys, too; Enter does. */
const isClosedPopup = (element: Element | null) =>
  element?.matches(':is([aria-haspopup=menu], [aria-haspopup=listbox], button[role=combobox]):not([aria-expanded=true])') ?? false

const isSideways = (direction: Direction) => direction === 'left' || direction === 'right'

/**
 * Moves the focus with the arrow keys: on a television everywhere, else among the cards of shelves and grids (`data-arrows`).
 * A slider or a line of text keeps the keys of its axis; on a television the others lead away from it, since there is no Tab.
 * Stays inside an open dialog. Only Left leads into the sidebar, and Right out of it. Returns what ends it.
 */
export function installArrowKeys(): () => void {
  const move = (event: KeyboardEvent, direction: Direction) => {
    const active = focused()
    const target = active ? targetOf(active, direction) : (lastInContent() ?? beginning(content()))
    if (!target) {
      if (active && scrollDialog(active, direction)) event.preventDefault()
      return
    }
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
    if (!direction || !isTelevision()) return
    const active = focused()
    const axis = ownAxis(active)
    if (isClosedPopup(active) || ((axis === 'x' || axis === 'y') && (axis === 'x') !== isSideways(direction)))
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

const content = () => document.querySelector('main') ?? document.body
const dialogSelector = '[role=dialog], [role=alertdialog]'

function targetOf(active: HTMLElement, direction: Direction): HTMLElement | undefined {
  const sidebar = document.querySelector<HTMLElement>('[data-sidebar]')
  if (sidebar?.contains(active))
    return direction === 'right' ? (lastInContent() ?? beginning(content())) : pick(active, within(sidebar), direction)
  const dialog = active.closest<HTMLElement>(dialogSelector)
  const candidates = within(dialog ?? document.body).filter(one => !sidebar?.contains(one))
  // What is docked over the page, such as the music bar, comes after all of it.
  const inMain = (one: HTMLElement) => one.closest('main') !== null
  const alike = candidates.filter(one => inMain(one) === inMain(active))
  const target = pick(active, alike, direction) ?? pick(active, candidates, direction)
  if (target || dialog || !sidebar || direction !== 'left' || !isTelevision()) return target
  const places = within(sidebar)
  return places.find(place => place.matches('[aria-current=page]')) ?? places[0]
}

function pick(active: HTMLElement, candidates: readonly HTMLElement[], direction: Direction): HTMLElement | undefined {
  const others = candidates.filter(one => one !== active && !one.contains(active) && !active.contains(one))
  const own = active.closest(groupSelector)
  const groups: Element[] = []
  const groupOf = (element: HTMLElement) => {
    const group = element.closest(groupSelector)
    // What is in a group around the own one stands beside it.
    if (!group || (group !== own && group.contains(active))) return null
    return groups.includes(group) ? groups.indexOf(group) : groups.push(group) - 1
  }
  const from = { box: boxOf(active), group: groupOf(active) }
  const spots = others.map(one => ({ box: boxOf(one), group: groupOf(one) }))
  return others[
    nextSpot(
      from,
      spots,
      groups.map(group => group.getBoundingClientRect()),
      direction,
    )
  ]
}

/** Words in a dialog that have nothing to press in them. */
function scrollDialog(active: HTMLElement, direction: Direction): boolean {
  const words = active.closest(dialogSelector)?.querySelector('[data-scrolls]')
  if (!words || isSideways(direction)) return false
  words.scrollBy({ top: (direction === 'down' ? 0.5 : -0.5) * words.clientHeight })
  return true
}

/** With room around, so that the next row is seen, and virtual lists render it; what fits on the first screen, with the page's top. */
function bringIntoSight(element: HTMLElement) {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
  if (isFixed(element)) return
  const { top, bottom } = boxOf(element)
  const margin = innerHeight * 0.18
  if (bottom + scrollY <= innerHeight - margin) scrollTo({ top: 0, behavior: 'instant' })
  else if (top < margin) scrollBy({ top: top - margin, behavior: 'instant' })
  else if (bottom > innerHeight - margin) scrollBy({ top: bottom - innerHeight + margin, behavior: 'instant' })
}

/** Whether it stays where it is as the page scrolls: in a dialog, the sidebar, the music bar. */
function isFixed(element: HTMLElement): boolean {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) if (getComputedStyle(at).position === 'fixed') return true
  return false
}
