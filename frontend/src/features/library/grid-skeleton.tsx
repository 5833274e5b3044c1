import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import type { Shape } from '../../ui/artwork.js'

const ratios = { poster: 2 / 3, still: 16 / 9, square: 1 } as const

export const GridSkeleton = ({ shape, least }: { shape: Shape; least: number }) => (
  <Awaiting what="the library" className="pt-2 gutter">
    <div className="grid gap-4" style={{ gridTemplateColumns: `repeat(auto-fill, minmax(${least}px, 1fr))` }}>
      {Array.from({ length: 24 }, (_, index) => (
        <div key={index}>
          <Skeleton className="!rounded-m" style={{ aspectRatio: ratios[shape] }} />
          <Skeleton className="mt-3 h-3.5 w-3/4" />
          <Skeleton className="mt-2 mb-2 h-3.5 w-1/2" />
        </div>
      ))}
    </div>
  </Awaiting>
)
