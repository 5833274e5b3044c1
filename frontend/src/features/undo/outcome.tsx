import type { Undo } from '@projectionist/shared/api/undo'
import { useQuery } from '@tanstack/react-query'
import { Undo2, X } from 'lucide-react'
import { Link } from 'react-router'
import { takeBackPath, undoPath, undoQuery, undoWords, useCancelUndo, useLiveUndos } from '../../lib/undo.js'
import { estimate } from '../../lib/time-words.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { Progress } from '../../ui/progress.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { notifyError } from '../../ui/toast.js'
import { LeftList } from './changes-list.js'
import { conflictsQuery } from './undo-queries.js'

/** How an undo stands: its progress while it runs, then what came of it, with the way back. */
export function Outcome({ id }: { id: string }) {
  useLiveUndos()
  const undo = useQuery(undoQuery(id))
  if (undo.isError) return <ErrorState error={undo.error} retry={() => void undo.refetch()} />
  if (!undo.data)
    return (
      <Awaiting what="the undo" className="flex flex-col gap-3">
        <Skeleton className="h-5 w-1/2" />
        <Skeleton className="h-2" />
      </Awaiting>
    )
  return undo.data.state === 'running' ? <Running undo={undo.data} /> : <Ended undo={undo.data} />
}

function Running({ undo }: { undo: Undo }) {
  const cancel = useCancelUndo(undo.id)
  const left = estimate(undo.done, undo.total, Date.now() - Date.parse(undo.requestedAt))
  return (
    <div className="flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <p className="figures mb-1.5 text-body">
          {undoWords(undo)}
          {left && `, ${left}`}
        </p>
        <Progress value={undo.total === 0 ? null : undo.done / undo.total} label="The undo" className="!h-1.5" />
      </div>
      <Button
        icon={<X />}
        busy={cancel.isPending}
        onClick={() => cancel.mutate(undefined, { onError: error => notifyError(error) })}
      >
        Cancel
      </Button>
    </div>
  )
}

function Ended({ undo }: { undo: Undo }) {
  const left = useQuery({ ...conflictsQuery(undo.id), enabled: undo.conflicts > 0 })
  const changed = undo.reverted > 0
  return (
    <>
      <Text role="status" className="figures text-body font-medium text-ink-1">
        {undoWords(undo)}.
      </Text>
      {undo.takenBackBy && (
        <Text className="mt-1">
          This was taken back again.{' '}
          <Link to={undoPath(undo.takenBackBy)} className="rounded-s text-accent-ink hover:underline">
            See what came of it
          </Link>
        </Text>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        {changed && (
          <ButtonLink icon={<Undo2 />} to={takeBackPath({ of: 'cause', correlationId: undo.id })}>
            Undo this undo
          </ButtonLink>
        )}
        <ButtonLink look="bare" to="/history">
          See the history
        </ButtonLink>
      </div>
      {left.data && left.data.left.length > 0 && (
        <section className="mt-8" aria-label="What stays">
          <Text as="h2" size="title">
            What stayed, and why
          </Text>
          <LeftList left={left.data.left} />
          {left.data.more && <Text className="mt-2 text-ink-3">And more of the same kind.</Text>}
        </section>
      )}
    </>
  )
}
