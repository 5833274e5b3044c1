import type { HistoryChange } from '@projectionist/shared/api/history'
import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { compare, portraitsAlong, type Portrait } from '../../platform/eventing/portrait.js'

/**
 * From what to what each of these events of one stream changed its subject, by revision. Folds the stream once. Null: nobody
 * portrays streams of this category.
 */
export function changesOf(
  portraits: readonly Portrait[],
  catalog: EventCatalog,
  stream: readonly RecordedEvent[],
  revisions: readonly number[],
): ReadonlyMap<number, readonly HistoryChange[]> | null {
  const category = stream[0]?.streamId.split('-')[0]
  const portrait = portraits.find(one => one.category === category)
  if (!portrait) return null
  const wanted = new Set(revisions)
  const changes = new Map<number, readonly HistoryChange[]>()
  let before = {}
  for (const { event, fields } of portraitsAlong(portrait, catalog, stream, ({ revision }) => wanted.has(revision) || wanted.has(revision + 1))) {
    if (wanted.has(event.revision)) changes.set(event.revision, compare(before, fields) as HistoryChange[])
    before = fields
  }
  return changes
}
