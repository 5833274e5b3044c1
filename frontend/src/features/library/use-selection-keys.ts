import type { ItemSummary } from '@projectionist/shared/api/items'
import type { useSelection } from './use-selection.js'
import { isDialogOpen } from '../../ui/open-dialog.js'
import { isPlain, useKeyDown } from '../../ui/use-key-down.js'

/** X selects the card in focus, with Shift all up to it; Escape selects nothing. */
export function useSelectionKeys(
  selection: ReturnType<typeof useSelection>,
  at: (index: number) => ItemSummary | undefined,
): void {
  useKeyDown(event => {
    if (!isPlain(event) || isDialogOpen()) return
    if (event.key === 'Escape' && selection.selecting) return selection.clear()
    if (event.key.toLowerCase() !== 'x') return
    const cell = document.activeElement?.closest('[data-item]')?.closest('[aria-posinset]')
    const index = Number(cell?.getAttribute('aria-posinset')) - 1
    const item = index >= 0 ? at(index) : undefined
    if (!item) return
    selection.pick(index, event.shiftKey)
    // Cards become checkboxes while one selects; the focus goes along.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-item="${item.id}"]`)?.focus({ preventScroll: true }))
  })
}
