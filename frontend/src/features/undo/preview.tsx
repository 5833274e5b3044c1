import type { UndoSelection } from '@projectionist/shared/events/undo'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { messageOf } from '../../lib/problem.js'
import { useRequestUndo } from '../../lib/undo.js'
import { count, counted } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { Progress } from '../../ui/progress.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { ChangesList, LeftList } from './changes-list.js'
import { previewQuery, useTally, type RunningTally } from './undo-queries.js'
import { concernsFiles, kindsWords } from './words.js'

interface PreviewProps {
  readonly selection: UndoSelection
  /** Called with the undo's id once it is under way. */
  readonly onBegun: (id: string) => void
  /** Stands beside the button. */
  readonly aside?: ReactNode
}

/** Exactly what would change, what stays and why, and the button that does it. */
export function Preview({ selection, onBegun, aside }: PreviewProps) {
  const preview = useInfiniteQuery(previewQuery(selection))
  const first = preview.data?.pages[0]
  const tally = useTally(selection, first)
  const request = useRequestUndo()
  if (preview.isError) return <ErrorState error={preview.error} action={aside} />
  if (!first || !tally)
    return (
      <Awaiting what="what would change" className="flex flex-col gap-3">
        <Skeleton className="h-5 w-2/3" />
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-12" />
        ))}
      </Awaiting>
    )
  const pages = preview.data!.pages
  const left = pages.flatMap(page => page.left)
  const subjects = pages.flatMap(page => page.subjects)
  const nothing = tally.whole && tally.reverted === 0
  return (
    <>
      <Text className="text-body">{kindsWords(first.kinds)}.</Text>
      <Verdict tally={tally} total={first.total} />
      {concernsFiles(first.kinds) && (
        <Text className="mt-3 text-ink-3">
          Files on the disks are not touched, so the next scan finds again what is there. What people edited, rated and watched
          stays recorded, and shows when the item does.
        </Text>
      )}
      {request.error && (
        <Text role="alert" className="mt-3 text-loss">
          {messageOf(request.error)}
        </Text>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <Button
          look="loud"
          icon={<Undo2 />}
          busy={request.isPending}
          disabled={nothing}
          onClick={() => request.mutate(selection, { onSuccess: onBegun })}
        >
          {tally.whole && tally.conflicts > 0 && !nothing ? `Take back the ${count(tally.reverted)} that can be` : 'Take it back'}
        </Button>
        {aside}
      </div>
      {left.length > 0 && (
        <section className="mt-8" aria-label="What stays">
          <Text as="h2" size="title">
            What stays, and why
          </Text>
          <LeftList left={left} />
        </section>
      )}
      {subjects.length > 0 && (
        <section className="mt-8" aria-label="What changes">
          <Text as="h2" size="title">
            What changes
          </Text>
          <ChangesList subjects={subjects} />
        </section>
      )}
      {preview.hasNextPage && (
        <Button className="mt-4" busy={preview.isFetchingNextPage} onClick={() => void preview.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}

/** How much of it can be taken back, counted while one looks. */
function Verdict({ tally, total }: { tally: RunningTally; total: number }) {
  const looked = tally.reverted + tally.unneeded + tally.conflicts
  const words = !tally.whole
    ? `${count(looked)} of ${counted(total, 'change', 'changes')} looked at`
    : tally.reverted === 0
      ? tally.conflicts > 0
        ? 'None of it can be taken back any more.'
        : 'It was taken back already.'
      : tally.conflicts === 0
        ? 'All of it can be taken back.'
        : `${count(tally.reverted)} of ${counted(tally.reverted + tally.conflicts, 'change', 'changes')} can be taken back; ${count(tally.conflicts)} ${tally.conflicts === 1 ? 'stays' : 'stay'} as ${tally.conflicts === 1 ? 'it is' : 'they are'}.`
  return (
    <div className="mt-1" aria-live="polite">
      <Text className="figures text-body font-medium text-ink-1">{words}</Text>
      {!tally.whole && (
        <Progress value={looked / Math.max(1, total)} label="Looking at what would change" className="mt-2 !h-1.5" />
      )}
    </div>
  )
}
