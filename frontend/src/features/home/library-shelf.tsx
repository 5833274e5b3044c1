import type { Library } from '@projectionist/shared/api/libraries'
import { useQuery } from '@tanstack/react-query'
import { itemsQuery } from '../../lib/item-queries.js'
import { libraryPath } from '../../lib/paths.js'
import { kindsOf } from '../../lib/words.js'
import { ItemCard } from '../../ui/item-card.js'
import { shapeOf } from '../../ui/item-picture.js'
import { Shelf } from '../../ui/shelf.js'
import { cardSizes, cardWidths } from './card-widths.js'
import { ShelfSkeleton } from './home-skeleton.js'

/** The latest of a library. Says nothing where there is nothing. */
export function LibraryShelf({ library }: { library: Library }) {
  const kind = kindsOf[library.kind][0]
  const shape = shapeOf({ kind })
  const sort = library.kind === 'photos' || library.kind === 'home-videos' ? 'taken' : 'added'
  const latest = useQuery(itemsQuery({ library: library.id, kind, sort, order: 'desc', limit: 24 }))
  const title = sort === 'taken' ? `Latest in ${library.name}` : `New in ${library.name}`
  if (latest.isPending) return <ShelfSkeleton shape={shape} />
  if (!latest.data || latest.data.items.length === 0) return null
  return (
    <Shelf title={title} to={libraryPath(library.id)} cardWidth={cardWidths[shape]}>
      {latest.data.items.map(item => (
        <ItemCard key={item.id} item={item} sizes={cardSizes[shape]} />
      ))}
    </Shelf>
  )
}
