import { CloudOff, Hourglass, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { usePreparing } from '../lib/preparing.js'
import { ApiError, messageOf } from '../lib/problem.js'
import { Button } from './button.js'
import { Progress } from './progress.js'
import { Text } from './text.js'

interface EmptyProps {
  readonly icon?: ReactNode
  readonly title: string
  /** What to do next, in a sentence. */
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly className?: string
}

/** Nothing is here: why, and what to do next. */
export const Empty = ({ icon, title, children, action, className }: EmptyProps) => (
  <div className={cx('mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-20 text-center', className)}>
    {icon && <div className="mb-1 text-ink-3 [&>svg]:size-9 [&>svg]:stroke-[1.5]">{icon}</div>}
    <Text as="h2" size="title">
      {title}
    </Text>
    {children && <div className="text-body text-ink-2 text-pretty">{children}</div>}
    {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
  </div>
)

/** Something failed: what, and the next step. `retry` is offered where another try can help. */
export function ErrorState({
  error,
  retry,
  action,
  className,
}: {
  error: unknown
  retry?: () => void
  action?: ReactNode
  className?: string
}) {
  const problem = error instanceof ApiError ? error : null
  if (problem?.code === 'preparing') return <StillPreparing className={className} />
  return (
    <div role="alert">
      <Empty
        {...(className !== undefined && { className })}
        icon={problem?.passing ? <CloudOff /> : <TriangleAlert />}
        title={problem?.passing ? 'No answer from the server' : problem?.status === 404 ? 'Not here' : 'That did not work'}
        action={
          <>
            {retry && (
              <Button look="quiet" onClick={retry}>
                Try again
              </Button>
            )}
            {action}
          </>
        }
      >
        {messageOf(error)}
        {problem?.problem.id && (
          <Text size="caption" className="mt-2">
            For the server’s log: {problem.problem.id}
          </Text>
        )}
      </Empty>
    </div>
  )
}

/** What a page shows has to be made first; it is asked for again when it is there. */
function StillPreparing({ className }: { className: string | undefined }) {
  const percent = usePreparing()?.percent
  return (
    <div role="status">
      <Empty {...(className !== undefined && { className })} icon={<Hourglass />} title="Not quite there yet">
        This is being prepared, and comes by itself.
        <Progress
          value={percent === undefined ? null : percent / 100}
          label="How far it is prepared"
          className="mx-auto mt-5 w-56"
        />
      </Empty>
    </div>
  )
}
