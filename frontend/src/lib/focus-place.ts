/** How a control can be found again after its page was built anew: the most telling selector first. */
export type FocusMark = readonly string[]

/** What tells a control from others of its page; null where it says nothing. */
export interface FocusTraits {
  readonly tag: string
  readonly item: string | null
  readonly href: string | null
  readonly label: string | null
  /** The label of the part of the page around it. */
  readonly section: string | null
}

/** Empty when nothing tells it from others. */
export function markOf({ tag, item, href, label, section }: FocusTraits): FocusMark {
  const own = item
    ? attribute('data-item', item)
    : href
      ? tag + attribute('href', href)
      : label
        ? tag + attribute('aria-label', label)
        : null
  if (own === null) return []
  return section ? [`${attribute('aria-label', section)} ${own}`, own] : [own]
}

const attribute = (name: string, value: string) => `[${name}="${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\a ')}"]`

export interface Arrival {
  /** Whether it is another page than before, or the same with another tab or filter. */
  readonly newPage: boolean
  readonly cameBack: boolean
  /** Where the focus was when the page was left the last time, if it is known. */
  readonly known: boolean
  readonly focusIn: 'content' | 'sidebar' | 'nowhere'
  /** Whether the person uses keys: a keyboard pressed last, or a remote. */
  readonly byKeys: boolean
}

/** Where the focus goes when a page is shown. Who uses a pointer gets it back where they were, and else is left alone. */
export function focusGoal({ newPage, cameBack, known, focusIn, byKeys }: Arrival): 'restore' | 'begin' | 'keep' {
  if (focusIn === 'content' || (!newPage && focusIn !== 'sidebar')) return 'keep'
  if (cameBack && known) return 'restore'
  return byKeys ? 'begin' : 'keep'
}
