import { Rewind } from 'lucide-react'
import { useHistoryLines } from '../../lib/history.js'
import { asItWasPath } from '../../lib/paths.js'
import { useMe } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import { HistoryTimeline } from '../../ui/history-timeline.js'

/** What happened to this item and all inside it, newest first. `whole`: nothing is inside it, so nothing else can be meant. */
export function ItemHistory({ itemId, whole }: { itemId: string; whole: boolean }) {
  const filter = { item: itemId }
  const admin = useMe().role === 'admin'
  return (
    <>
      {admin && (
        <ButtonLink to={asItWasPath('item', itemId)} icon={<Rewind />} className="mb-6">
          As it was at any moment
        </ButtonLink>
      )}
      <HistoryTimeline lines={useHistoryLines(filter)} filter={filter} sameSubject={whole} />
    </>
  )
}
