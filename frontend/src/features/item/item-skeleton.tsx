import type { ItemSummary } from '@projectionist/shared/api/items'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { Facts } from './facts.js'
import { ItemHeader } from './item-header.js'

/** The page in outline. What the card one came from knew already is shown at once. */
export const ItemSkeleton = ({ summary }: { summary: ItemSummary | undefined }) => (
  <Awaiting what={summary?.title ?? 'the item'}>
    {summary ? (
      <ItemHeader item={summary} facts={<Facts item={summary} />}>
        <Skeleton className="mt-6 h-12 w-44 !rounded-m" />
        <Skeleton className="mt-5 h-9 w-72 !rounded-m" />
      </ItemHeader>
    ) : (
      <div className="flex min-h-[min(58vh,36rem)] items-end gap-10 gutter pt-[min(26vh,15rem)]">
        <Skeleton className="aspect-2/3 w-56 !rounded-m max-md:hidden lg:w-64" />
        <div className="flex-1">
          <Skeleton className="h-14 w-[min(28rem,90%)]" />
          <Skeleton className="mt-5 h-5 w-64" />
          <Skeleton className="mt-6 h-12 w-44 !rounded-m" />
        </div>
      </div>
    )}
    <div className="mt-10 gutter">
      <Skeleton className="h-4 w-full max-w-2xl" />
      <Skeleton className="mt-3 h-4 w-full max-w-xl" />
    </div>
  </Awaiting>
)
