import type { ItemSummary } from '@projectionist/shared/api/items'
import type { Caller } from './http/caller.js'

/** Items as lists show them to a person, for answers of other slices. Implemented by the catalogue. */
export abstract class ItemSummaries {
  /** In the order asked for; those the person may not see are left out. */
  abstract of(caller: Caller, ids: readonly string[]): Promise<readonly ItemSummary[]>
  /** What to play after an item: the next episode; null when nothing follows. */
  abstract after(caller: Caller, id: string): Promise<ItemSummary | null>
}
