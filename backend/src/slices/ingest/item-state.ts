import type { ItemEvent } from '@projectionist/shared/events/item'

export type DataOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { type: Type }>['data']

/** An item as its files and sources make it. */
export interface ItemState {
  readonly group: DataOf<'GroupIdentified'> | undefined
  /** Files there are, by id. */
  readonly files: ReadonlyMap<string, DataOf<'MediaIngested'>>
  /** Whether it ever was anything. */
  readonly known: boolean
  readonly matched: ReadonlyMap<string, DataOf<'MetadataMatched'>>
  /** What names and tags of the file that came last say. */
  readonly named: Pick<DataOf<'MediaRestored'>, 'parentId' | 'metadata'>
}
