import { TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'
import { isOpen, scanProgress, scanWords } from '../../lib/scans.js'
import { useMe } from '../../lib/queries.js'
import { Progress } from '../../ui/progress.js'
import { Text } from '../../ui/text.js'
import type { Place } from './view.js'

/** A library's name and how much is in it; and, where it matters, that it is being scanned or that a folder is away. */
export function LibraryHeading({ library, total }: { library: Place; total: string | null }) {
  const admin = useMe().role === 'admin'
  const lost = library.roots.filter(root => root.lost)
  const scan = library.scan && isOpen(library.scan) ? library.scan : null
  return (
    <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pt-8 pb-2 gutter">
      <title>{`${library.name} · Projectionist`}</title>
      <Text as="h1" size="heading">
        {library.name}
      </Text>
      <Text className="figures text-ink-3" aria-live="polite">
        {total}
      </Text>
      {scan && (
        <Link
          to={admin ? '/activity' : '#'}
          className="ml-auto flex items-center gap-3 rounded-s text-small text-ink-3 hover:text-ink-1"
        >
          <span className="figures max-sm:hidden">{scanWords(scan, Date.now())}</span>
          <Progress value={scanProgress(scan)} label="The scan" className="w-24" />
        </Link>
      )}
      {lost.length > 0 && (
        <p className="flex w-full items-center gap-2 text-small text-ink-2">
          <TriangleAlert className="size-4 shrink-0 text-accent-ink" />
          {lost.length === library.roots.length
            ? 'Its disk cannot be reached right now.'
            : 'One of its folders cannot be reached right now.'}{' '}
          Everything comes back by itself when it is there again.
        </p>
      )}
    </header>
  )
}
