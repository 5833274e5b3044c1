import type { Response } from '@projectionist/shared/api/endpoint'
import type { getSessions } from '@projectionist/shared/api/playback'
import { Pause, Play } from 'lucide-react'
import { Link } from 'react-router'
import { cardTitle, episodeCode } from '../../lib/item-words.js'
import { itemPath } from '../../lib/paths.js'
import { methodWords, reasonWords } from '../../lib/playback-words.js'
import { clock } from '../../lib/time-words.js'
import { capital } from '../../lib/words.js'
import { Artwork } from '../../ui/artwork.js'
import { Badge } from '../../ui/chip.js'
import { pictureOf, shapeOf } from '../../ui/item-picture.js'
import { Panel } from '../../ui/page.js'
import { Progress } from '../../ui/progress.js'

type Session = Response<typeof getSessions>['sessions'][number]

/** Who plays what, where, how far, and how it is sent and why. */
export function SessionCard({ session }: { session: Session }) {
  const { item, reasons } = session
  const shape = shapeOf(item)
  return (
    <Panel className="flex h-full gap-4 !p-4">
      <Artwork
        picture={pictureOf(item, shape)}
        shape={shape}
        title={item.title}
        sizes="8rem"
        className={shape === 'still' ? 'w-32 self-start' : shape === 'poster' ? 'w-20 self-start' : 'w-24 self-start'}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <p className="flex items-center gap-2 text-ink-3">
          {session.state === 'playing' ? (
            <Play className="size-3.5 fill-accent-ink text-accent-ink" aria-label="Playing" />
          ) : (
            <Pause className="size-3.5" aria-label="Paused" />
          )}
          <span className="truncate">
            <span className="font-medium text-ink-1">{session.user.name}</span> · {session.device}
          </span>
        </p>
        <Link to={itemPath(item.id)} className="mt-1 truncate rounded-s text-body font-semibold text-ink-1 hover:text-accent-ink">
          {cardTitle(item)}
          {item.kind === 'episode' && <span className="font-normal text-ink-3"> {episodeCode(item)}</span>}
        </Link>
        <div className="mt-auto pt-3">
          <Progress value={session.positionMs / Math.max(1, session.durationMs)} label="Played so far" />
          <div className="figures mt-1.5 flex justify-between text-caption text-ink-3">
            <span>{clock(session.positionMs)}</span>
            <span>{clock(session.durationMs)}</span>
          </div>
        </div>
        <p className="mt-2 text-pretty">
          <Badge tone={session.method === 'transcode' ? 'accent' : 'plain'}>{methodWords[session.method]}</Badge>
          {session.speed !== null && (
            <span className="figures ml-2">
              at {session.speed.toLocaleString(undefined, { maximumFractionDigits: 1 })}× speed
            </span>
          )}
          {reasons.length > 0 && (
            <span className="mt-1.5 block text-ink-3">
              {capital(new Intl.ListFormat().format([...new Set(reasons.map(reasonWords))]))}.
            </span>
          )}
        </p>
      </div>
    </Panel>
  )
}
