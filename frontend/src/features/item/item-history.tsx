import { useHistoryLines } from '../../lib/history.js'
import { HistoryTimeline } from '../../ui/history-timeline.js'

/** What happened to this item and all inside it, newest first. `whole`: nothing is inside it, so nothing else can be meant. */
export function ItemHistory({ itemId, whole }: { itemId: string; whole: boolean }) {
  const filter = { item: itemId }
  return <HistoryTimeline lines={useHistoryLines(filter)} filter={filter} sameSubject={whole} />
}
