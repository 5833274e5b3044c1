import type { Item } from '@projectionist/shared/api/items'
import { counted } from '../../lib/words.js'
import { ItemCard } from '../../ui/item-card.js'
import { Text } from '../../ui/text.js'
import { About } from './about.js'
import { ItemHeader } from './item-header.js'
import { ItemTabs } from './item-tabs.js'

/** An artist and their records. */
export const ArtistPage = ({ item }: { item: Item }) => (
  <>
    <ItemHeader item={item} facts={<span>{counted(item.childCount ?? item.children.length, 'album', 'albums')}</span>} />
    <ItemTabs
      item={item}
      label="Albums"
      first={
        <div className="flex flex-col gap-12">
          {item.children.length === 0 && <Text className="text-ink-3">No albums yet.</Text>}
          <ul
            data-arrows
            className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-6 md:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]"
          >
            {item.children.map(album => (
              <li key={album.id}>
                <ItemCard item={album} sizes="13rem" detail={album.year ?? ''} />
              </li>
            ))}
          </ul>
          {(item.overview || item.genres.length > 0) && <About item={item} />}
        </div>
      }
    />
  </>
)
