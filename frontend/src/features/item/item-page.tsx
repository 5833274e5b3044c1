import type { Item, ItemSummary } from '@projectionist/shared/api/items'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from 'react-router'
import { itemQuery } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import { ErrorState } from '../../ui/state.js'
import { AlbumPage } from './album-page.js'
import { ArtistPage } from './artist-page.js'
import { ItemSkeleton } from './item-skeleton.js'
import { PhotoPage } from './photo-page.js'
import { SeriesPage } from './series-page.js'
import { TrackPage } from './track-page.js'
import { WatchablePage } from './watchable-page.js'

/** Everything about an item, in the form its kind asks for. */
export default function ItemPage() {
  const { itemId = '' } = useParams()
  const known = (useLocation().state as { summary?: ItemSummary } | null)?.summary
  const item = useQuery(itemQuery(itemId))
  if (item.isError && !item.data)
    return (
      <ErrorState
        error={item.error}
        retry={() => void item.refetch()}
        action={
          <ButtonLink look="bare" to="/">
            Go home
          </ButtonLink>
        }
      />
    )
  if (!item.data) return <ItemSkeleton summary={known?.id === itemId ? known : undefined} />
  return (
    <>
      <title>{`${item.data.title} · Projectionist`}</title>
      <PageOf key={item.data.id} item={item.data} />
    </>
  )
}

function PageOf({ item }: { item: Item }) {
  switch (item.kind) {
    case 'film':
    case 'episode':
    case 'video':
      return <WatchablePage item={item} />
    case 'series':
    case 'season':
      return <SeriesPage item={item} />
    case 'album':
      return <AlbumPage item={item} />
    case 'artist':
      return <ArtistPage item={item} />
    case 'track':
      return <TrackPage item={item} />
    case 'photo':
      return <PhotoPage item={item} />
  }
}
