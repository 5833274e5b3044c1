import { getScanProblems, type Scan } from '@projectionist/shared/api/libraries'
import type { ScanProblem } from '@projectionist/shared/events/scan'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.js'
import { Dialog } from '../../ui/dialog.js'
import { Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'

const words: Readonly<Record<ScanProblem['code'], string>> = {
  'not-media': 'Has the name of a media file but is none',
  empty: 'Is empty',
  damaged: 'Is damaged: nothing in it can be read',
  unreadable: 'May not be read by the server; check its permissions',
  'too-slow': 'Took too long to read; the disk may be failing',
  vanished: 'Went away while it was read',
  loop: 'Is a link that leads back to itself',
  'too-long': 'Has a path that is too long',
  incomplete: 'Is shorter than it says; perhaps it is still being copied',
}

/** Files that did not become items, or are not whole, and why. */
export function ProblemsDialog({ scan, onClose }: { scan: Scan; onClose: () => void }) {
  const problems = useQuery({
    queryKey: ['scan', scan.id, 'problems'],
    queryFn: ({ signal }) => call(getScanProblems, { params: { id: scan.id }, signal }),
    meta: { topics: ['scans'] },
  })
  return (
    <Dialog open wide onClose={onClose} title="Problems of the last scan" description="They are tried again with each scan; a file that is not whole, as soon as it changes.">
      {problems.isError ? (
        <ErrorState error={problems.error} retry={() => void problems.refetch()} />
      ) : problems.isPending ? (
        <Skeleton className="h-40" />
      ) : problems.data.problems.length === 0 ? (
        <Text className="py-6">No problems: every media file has its place.</Text>
      ) : (
        <ul className="flex flex-col gap-3 pb-5">
          {problems.data.problems.map(problem => (
            <li key={problem.path} className="rounded-m bg-surface-2 px-3.5 py-2.5">
              <span className="block text-ink-1 select-text [overflow-wrap:anywhere]">{problem.path}</span>
              <span className="block">{words[problem.code]}</span>
              {problem.detail && <span className="block text-caption text-ink-3 select-text">{problem.detail}</span>}
            </li>
          ))}
          {problems.data.more && <Text className="text-ink-3">There are more. Mend these first, then scan again.</Text>}
        </ul>
      )}
    </Dialog>
  )
}
