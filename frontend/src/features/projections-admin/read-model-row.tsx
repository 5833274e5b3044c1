import type { ReadModel } from '@projectionist/shared/api/projections'
import { titleOf } from '@projectionist/shared/api/read-model-titles'
import { RotateCw, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { count } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { Badge } from '../../ui/chip.js'
import { Progress } from '../../ui/progress.js'
import { Text } from '../../ui/text.js'
import { notifyError } from '../../ui/toast.js'
import { holdsOf, stateWords } from './read-model-words.js'
import { useResume } from './read-models-queries.js'
import { RebuildDialog } from './rebuild-dialog.js'

/** A read model: what it holds, how it stands, and what can be done about it. */
export function ReadModelRow({ model }: { model: ReadModel }) {
  const [asking, setAsking] = useState(false)
  const title = titleOf(model)
  const underWay = model.filling !== null || model.rebuildAsked || model.state === 'rebuilding'
  return (
    <li className="flex flex-col gap-3 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-2">
            <Text as="h2" size="body" className="font-medium !text-ink-1">
              {title}
            </Text>
            {model.state === 'faulted' && <Badge tone="loss">Stopped</Badge>}
          </p>
          <Text className="text-ink-3">{holdsOf(model)}</Text>
        </div>
        <div className="basis-64">
          <p className="figures text-ink-2">{stateWords(model, Date.now())}</p>
          <Text size="caption" className="figures">
            {versionWords(model)} · position {count(Number(model.position))}
          </Text>
        </div>
        <Button icon={<RotateCw />} disabled={underWay} aria-label={`Rebuild ${title}`} onClick={() => setAsking(true)}>
          Rebuild
        </Button>
      </div>
      {underWay && (
        <div>
          <Progress value={model.filling?.done ?? null} label={`Rebuilding ${title}`} className="!h-1.5" />
          <Text size="caption" className="mt-1.5">
            {model.serves === null ? 'What it shows is empty until this is done.' : 'What is there is shown until this is done.'}
          </Text>
        </div>
      )}
      {model.fault && <Stopped model={model} fault={model.fault} />}
      {model.trouble !== null && (
        <Note>It cannot go on right now and keeps trying by itself. The server says: {model.trouble}</Note>
      )}
      {model.givenUp !== null && (
        <Note>The last rebuild was given up; what was there before is still in use. {model.givenUp}</Note>
      )}
      {asking && <RebuildDialog name={model.name} title={title} onClose={() => setAsking(false)} />}
    </li>
  )
}

const versionWords = ({ version, serves }: ReadModel): string =>
  serves === null || serves === version ? `version ${version}` : `version ${serves}, to be replaced by ${version}`

function Stopped({ model, fault }: { model: ReadModel; fault: NonNullable<ReadModel['fault']> }) {
  const resume = useResume()
  return (
    <div role="alert" className="rounded-m bg-surface-2 p-4">
      <p className="flex items-start gap-2.5 text-ink-1">
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-loss" aria-hidden="true" />
        <span>
          {fault.event
            ? 'It met an event that it cannot take, and shows things as they were just before. Nothing is lost: the log has everything, and nothing is skipped.'
            : 'It cannot go on, and shows things as they were just before. Nothing is lost: the log has everything.'}
        </span>
      </p>
      <dl className="figures mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-small select-text [&_dd]:[overflow-wrap:anywhere] [&_dd]:text-ink-1">
        {fault.event && (
          <>
            <dt>Event</dt>
            <dd>
              {fault.event.type}, {fault.event.id}
            </dd>
            <dt>Of</dt>
            <dd>{fault.event.streamId}</dd>
            <dt>Position</dt>
            <dd>{count(Number(fault.event.position))}</dd>
          </>
        )}
        <dt>Reason</dt>
        <dd>{fault.error}</dd>
      </dl>
      <p className="mt-3 text-small text-ink-2">
        Update Projectionist if there is a newer version, then let it try again. If it stops once more, report it with the lines
        above.
      </p>
      <Button
        className="mt-3"
        look="loud"
        busy={resume.isPending}
        onClick={() => resume.mutate(model.name, { onError: error => notifyError(error) })}
      >
        Try again
      </Button>
    </div>
  )
}

const Note = ({ children }: { children: ReactNode }) => (
  <p className="flex items-start gap-2.5 text-small text-ink-2 [overflow-wrap:anywhere]">
    <TriangleAlert className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden="true" />
    <span>{children}</span>
  </p>
)
