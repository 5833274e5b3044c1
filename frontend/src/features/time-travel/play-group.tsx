import type { ReplayedPlay } from '@projectionist/shared/api/time-travel'
import type { PlaybackReason } from '@projectionist/shared/api/playback'
import { useState } from 'react'
import { Link } from 'react-router'
import { momentWords } from '../../lib/past.js'
import { itemPath } from '../../lib/paths.js'
import { counted } from '../../lib/words.js'
import { reasonWords } from '../../player/reason-words.js'
import { Button } from '../../ui/button.js'
import { Badge } from '../../ui/chip.js'
import { Panel } from '../../ui/page.js'
import { methodWords } from './what-if-words.js'

interface PlayGroupProps {
  readonly group: {
    readonly wouldBe: ReplayedPlay['wouldBe']
    readonly reasons: readonly PlaybackReason[]
    readonly plays: readonly ReplayedPlay[]
  }
}

const FEW = 3

/** Plays against which the same things stand. */
export function PlayGroup({ group: { wouldBe, reasons, plays } }: PlayGroupProps) {
  const [open, setOpen] = useState(false)
  return (
    <Panel>
      <h3 className="flex flex-wrap items-center gap-2 text-body font-medium text-ink-1">
        {counted(plays.length, 'play', 'plays')}
        <Badge tone={wouldBe === 'direct' ? 'good' : wouldBe === 'impossible' ? 'loss' : 'accent'}>{methodWords[wouldBe]}</Badge>
      </h3>
      <p className="mt-1 text-small text-ink-2">
        {reasons.length === 0 ? 'The files are sent as they are.' : reasons.map(reasonWords).join(' ')}
      </p>
      <ul className="mt-3 divide-y divide-line text-small">
        {(open ? plays : plays.slice(0, FEW)).map((play, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <Link to={itemPath(play.itemId)} className="font-medium text-ink-1 hover:underline">
              {play.title ?? play.file}
            </Link>
            <span className="figures text-ink-3">
              {momentWords(play.at)} · {play.device} · then: {methodWords[play.was].toLocaleLowerCase()}
            </span>
          </li>
        ))}
      </ul>
      {plays.length > FEW && !open && (
        <Button className="mt-3" onClick={() => setOpen(true)}>
          All {plays.length}
        </Button>
      )}
    </Panel>
  )
}
