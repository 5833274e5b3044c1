import type { UndoSelection } from '@projectionist/shared/events/undo'
import { Undo2 } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { later } from '../../lib/late-parts.js'
import { useMe } from '../../lib/queries.js'
import { Button } from '../../ui/button.js'
import type { HistoryTarget } from '../../ui/history-actions.js'

const TakeBackDialog = later(() => import('./take-back-dialog.js'))

/** What a line of the history can be taken back by; null for what nobody can take back. */
export function selectionIn({ eventIds, correlationId, subject, types }: HistoryTarget): UndoSelection | null {
  if (!types.some(type => takenBack.test(type))) return null
  if (subject.category === 'scan') return { of: 'scan', scanId: subject.id }
  return eventIds && eventIds.length > 0 ? { of: 'events', eventIds: [...eventIds] } : { of: 'cause', correlationId }
}

/** Kinds of events that something can be done about; which of them exactly, the preview says. */
const takenBack =
  /^(Media|Metadata|Artwork(Chosen|Withdrawn)|Group|Library(?!Folder(Lost|Recovered))|Playback|Play(Forgotten|Remembered)|Mark|ItemRated|ScanCompleted|ScanCancelled)/

/** Takes an entry of the history back, or all that one cause brought about, after showing what that would change. */
export function TakeBack({ target }: { target: HistoryTarget }) {
  const me = useMe()
  const [open, setOpen] = useState(false)
  const selection = useMemo(() => selectionIn(target), [target])
  const own = target.ownerId === me.id
  // Nobody takes back what others played; of libraries, only who looks after them.
  if (!selection || (target.ownerId === null ? me.role !== 'admin' : !own)) return null
  return (
    <>
      <Button command icon={<Undo2 />} onClick={() => setOpen(true)}>
        Take it back
      </Button>
      {open && (
        <Suspense>
          <TakeBackDialog selection={selection} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
