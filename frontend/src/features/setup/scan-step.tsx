import { useQuery } from '@tanstack/react-query'
import { itemsQuery } from '../../lib/item-queries.js'
import { librariesQuery } from '../../lib/queries.js'
import { isOpen, scanProgress, scanQuery, scanWords, useLiveScans } from '../../lib/scans.js'
import { kindsOf } from '../../lib/words.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { ItemCard } from '../../ui/item-card.js'
import { Progress } from '../../ui/progress.js'
import { ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { Threshold } from '../../ui/threshold.js'

/** The first scan, as it goes. One need not wait for it. */
export function ScanStep({ libraryId, scanId, onAnother }: { libraryId: string; scanId: string; onAnother: () => void }) {
  useLiveScans()
  const scan = useQuery(scanQuery(scanId))
  const library = useQuery(librariesQuery).data?.find(one => one.id === libraryId)
  const kind = library && kindsOf[library.kind][0]
  const latest = useQuery({
    ...itemsQuery({ library: libraryId, sort: 'added', order: 'desc', limit: 5, ...(kind && { kind }) }),
    enabled: !!kind,
  })
  if (scan.isError) return <ErrorState error={scan.error} retry={() => void scan.refetch()} />
  const open = !scan.data || isOpen(scan.data)
  return (
    <Threshold
      wide
      title={open ? 'Your library is filling' : 'Your library is there'}
      words={
        open ? 'You can go in already. The rest comes while you look around.' : 'Everything that could be read has its place.'
      }
    >
      <title>Set up · Projectionist</title>
      <Progress value={scan.data ? scanProgress(scan.data) : null} label="The scan" className="!h-1.5" />
      <Text className="figures mt-3" aria-live="polite">
        {scan.data ? scanWords(scan.data, Date.now()) : 'Starting …'}
      </Text>
      {latest.data && latest.data.items.length > 0 && (
        <ul aria-label="Found so far" className="mt-8 grid grid-cols-3 gap-4 sm:grid-cols-5">
          {latest.data.items.map(item => (
            <li key={item.id} className="appear max-sm:nth-[n+4]:hidden">
              <ItemCard item={item} sizes="8rem" />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-8 flex flex-wrap items-center justify-between gap-2">
        <Button look="bare" onClick={onAnother}>
          Add another library
        </Button>
        <ButtonLink look="loud" size="l" to="/">
          Start browsing
        </ButtonLink>
      </div>
    </Threshold>
  )
}
