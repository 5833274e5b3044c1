import type { Item } from '@projectionist/shared/api/items'
import { useQuery } from '@tanstack/react-query'
import { episodeCode } from '../../lib/item-words.js'
import { itemQuery } from '../../lib/queries.js'
import { ItemCard } from '../../ui/item-card.js'
import { Shelf } from '../../ui/shelf.js'
import { About } from './about.js'
import { Facts } from './facts.js'
import { ItemHeader } from './item-header.js'
import { ItemTabs } from './item-tabs.js'
import { PlayBar } from './play-bar.js'

/** A film, an episode or a video of one's own. */
export const WatchablePage = ({ item }: { item: Item }) => (
  <>
    <ItemHeader item={item} facts={<Facts item={item} more={[item.kind === 'episode' ? episodeCode(item) : null]} />}>
      <PlayBar item={item} />
    </ItemHeader>
    <ItemTabs item={item} label="About" first={<About item={item} />} />
    {item.kind === 'episode' && <Siblings item={item} />}
  </>
)

/** The other episodes of the season. */
function Siblings({ item }: { item: Item }) {
  const season = item.parents.find(parent => parent.kind === 'season') ?? item.parents[0]
  const { data } = useQuery({ ...itemQuery(season?.id ?? ''), enabled: season !== undefined })
  const others = data?.children.filter(child => child.id !== item.id) ?? []
  if (others.length === 0 || !data) return null
  return (
    <div className="mt-12">
      <Shelf title={`More from ${data.title}`} to={`/item/${data.id}`} cardWidth="clamp(13.5rem, 8rem + 13vw, 18rem)">
        {others.map(child => (
          <ItemCard
            key={child.id}
            item={child}
            sizes="18rem"
            detail={[episodeCode(child), child.title].filter(Boolean).join(' · ')}
          />
        ))}
      </Shelf>
    </div>
  )
}
