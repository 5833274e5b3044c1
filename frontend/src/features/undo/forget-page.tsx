import type { PlayedItem } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { cardTitle, cardDetail } from '../../lib/item-words.js'
import { dayHeading, timeOfDay } from '../../lib/time-words.js'
import { counted } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { Chip } from '../../ui/chip.js'
import { TextField } from '../../ui/field.js'
import { Page } from '../../ui/page.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { momentsOf, namedStretches, type Stretch } from './days.js'
import TakeBackDialog from './take-back-dialog.js'
import { playedQuery } from './undo-queries.js'

/** Forgets what was played on one's account in a time, as if it had never been: all of it, or what one picks. */
export default function ForgetPage() {
  const [named] = useState(() => namedStretches(new Date()))
  const [days, setDays] = useState({ first: named[0]!.first, last: named[0]!.last })
  const stretch = momentsOf(days.first, days.last)
  return (
    <Page
      title="Forget plays"
      narrow
      words="What somebody else watched on your account: choose when, then what. Continue watching and next up follow, and it can be taken back."
    >
      <div className="mb-4 flex flex-wrap gap-2" role="group" aria-label="When">
        {named.map(({ label, first, last }) => (
          <Chip key={label} on={days.first === first && days.last === last} onClick={() => setDays({ first, last })}>
            {label}
          </Chip>
        ))}
      </div>
      <div className="mb-6 grid max-w-md grid-cols-2 gap-3">
        <TextField label="From" type="date" value={days.first} onChange={first => setDays(now => ({ ...now, first }))} />
        <TextField
          label="To, all day"
          type="date"
          value={days.last}
          onChange={last => setDays(now => ({ ...now, last }))}
          error={stretch ? undefined : 'Not before the first day'}
        />
      </div>
      {stretch && <Played key={`${stretch.from} ${stretch.to}`} stretch={stretch} />}
    </Page>
  )
}

function Played({ stretch: { from, to } }: { stretch: Stretch }) {
  const query = useQuery(playedQuery(from, to))
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [forgetting, setForgetting] = useState<UndoSelection | null>(null)
  const played = useMemo(() => query.data?.played ?? [], [query.data])
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (!query.data)
    return (
      <Awaiting what="what was played" className="flex flex-col gap-3">
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-12" />
        ))}
      </Awaiting>
    )
  const chosen = played.filter(({ itemId }) => !kept.has(itemId))
  const forget = () =>
    setForgetting({
      of: 'plays',
      from,
      to,
      ...((kept.size > 0 || query.data.more) && { items: chosen.map(({ itemId }) => itemId) }),
    })
  return (
    <>
      {played.length === 0 ? (
        <Empty icon={<CalendarX2 />} title="Nothing was played then">
          Choose other days. What was forgotten already does not show here.
        </Empty>
      ) : (
        <>
          <ul className="divide-y divide-line">
            {played.map(one => (
              <PlayedRow
                key={one.itemId}
                played={one}
                chosen={!kept.has(one.itemId)}
                onChoose={yes =>
                  setKept(now => {
                    const next = new Set(now)
                    if (yes) next.delete(one.itemId)
                    else next.add(one.itemId)
                    return next
                  })
                }
              />
            ))}
          </ul>
          {query.data.more && (
            <Text className="mt-2 text-ink-3">These are the latest {played.length}. Choose fewer days to see the others.</Text>
          )}
          <Button look="loud" className="mt-5" disabled={chosen.length === 0} onClick={forget}>
            Forget {counted(chosen.length, 'title', 'titles')}
          </Button>
        </>
      )}
      {forgetting && <TakeBackDialog selection={forgetting} onClose={() => setForgetting(null)} />}
    </>
  )
}

function PlayedRow({ played, chosen, onChoose }: { played: PlayedItem; chosen: boolean; onChoose: (yes: boolean) => void }) {
  const { item, firstAt, lastAt, finished } = played
  return (
    <li>
      <label className="flex cursor-pointer items-center gap-4 py-2.5">
        <input
          type="checkbox"
          checked={chosen}
          onChange={event => onChoose(event.target.checked)}
          className="size-5 shrink-0 accent-(--color-accent)"
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-body font-medium text-ink-1">
            {item ? cardTitle(item) : 'Something that is not in your libraries any more'}
          </span>
          {item && <span className="block truncate text-small text-ink-3">{cardDetail(item)}</span>}
        </span>
        <span className="figures shrink-0 text-right text-small text-ink-3">
          {dayHeading(lastAt, Date.now())}, {timeOfDay(firstAt)}
          {timeOfDay(firstAt) !== timeOfDay(lastAt) && `–${timeOfDay(lastAt)}`}
          <span className="block">{finished ? 'to the end' : 'in part'}</span>
        </span>
      </label>
    </li>
  )
}
