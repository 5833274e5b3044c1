import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import type { Shape } from '../../ui/artwork.js'
import { cardWidths } from './card-widths.js'

const aspects = { poster: 2 / 3, still: 16 / 9, square: 1 } as const

export const ShelfSkeleton = ({ shape }: { shape: Shape }) => (
  <div className="overflow-hidden gutter">
    <Skeleton className="mb-4 h-6 w-48" />
    <div className="flex gap-4">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="shrink-0" style={{ width: cardWidths[shape] }}>
          <Skeleton className="w-full !rounded-m" style={{ aspectRatio: aspects[shape] }} />
          <Skeleton className="mt-3 h-3.5 w-3/4" />
          <Skeleton className="mt-2 h-3.5 w-1/2" />
        </div>
      ))}
    </div>
  </div>
)

export const HomeSkeleton = () => (
  <Awaiting what="home">
    <div className="flex h-[min(62vh,38rem)] flex-col justify-end gap-4 pb-10 gutter">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-14 w-[min(34rem,80%)]" />
      <Skeleton className="h-4 w-64" />
      <Skeleton className="h-12 w-44 !rounded-m" />
    </div>
    <div className="flex flex-col gap-(--row-gap)">
      <ShelfSkeleton shape="still" />
      <ShelfSkeleton shape="poster" />
    </div>
  </Awaiting>
)
