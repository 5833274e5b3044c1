import type { Box } from '../lib/spatial.js'

/** `data-tab-only` is for what arrows do not need. */
const focusable =
  'a[href]:not([data-tab-only]), button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex]:not([tabindex="-1"], [role=tabpanel]), [role=slider]'

/** What a page begins with, the best first: its one loud button, an item, the first of a list. Whatever submits comes after its fields. */
const beginnings = ['[data-loud]:not([type=submit])', '[data-item]', '[data-arrows] :is(a[href], button)'] as const

/** Where the focus is; null on the page itself or on a part of it that cannot be pressed. */
export function focused(): HTMLElement | null {
  const active = document.activeElement
  return active instanceof HTMLElement && active.matches(focusable) ? active : null
}

/** All in there that keys can go to now, in reading order. */
export const within = (scope: ParentNode): HTMLElement[] =>
  [...scope.querySelectorAll<HTMLElement>(focusable)].filter(isReachable)

/** The place of a control on the screen; of a hidden radio button, the label one sees. */
export const boxOf = (element: HTMLElement): Box =>
  ((element instanceof HTMLInputElement && element.closest('label')) || element).getBoundingClientRect()

/** What to begin with in there; with `strict` only what surely is the first thing to do. */
export function beginning(scope: ParentNode, strict = false): HTMLElement | undefined {
  const all = within(scope)
  for (const selector of beginnings) {
    const first = all.find(element => element.matches(selector))
    if (first) return first
  }
  return strict ? undefined : all[0]
}

function isReachable(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || element.checkVisibility?.({ visibilityProperty: true }) === false) return false
  // Of radio buttons, the chosen one stands for all.
  if (element instanceof HTMLInputElement && element.type === 'radio' && !element.checked)
    return !document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`)
  const { left, right } = boxOf(element)
  // What only screen readers see is one pixel wide.
  return right - left > 1
}
