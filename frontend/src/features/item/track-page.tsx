import type { Item } from '@projectionist/shared/api/items'
import { Play } from 'lucide-react'
import { itemPath } from '../../lib/paths.js'
import { clock } from '../../lib/time-words.js'
import { usePlayTracks } from '../../lib/track-player.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { About } from './about.js'
import { ItemHeader } from './item-header.js'
import { ItemTabs } from './item-tabs.js'

/** One track, with the way to its album. */
export function TrackPage({ item }: { item: Item }) {
  const playTracks = usePlayTracks()
  const album = item.parents.find(parent => parent.kind === 'album')
  const facts = [
    item.artist,
    item.trackNumber !== null ? `Track ${item.trackNumber}` : null,
    item.durationMs ? clock(item.durationMs) : null,
    item.year,
  ]
  return (
    <>
      <ItemHeader item={item} facts={<span>{facts.filter(Boolean).join('  ·  ')}</span>}>
        <div className="mt-6 flex flex-wrap gap-3" data-arrows>
          <Button
            command
            look="loud"
            size="l"
            icon={<Play className="fill-current" />}
            disabled={!item.available}
            onClick={() => playTracks([item], 0)}
          >
            Play
          </Button>
          {album && (
            <ButtonLink size="l" to={itemPath(album.id)}>
              See the album
            </ButtonLink>
          )}
        </div>
      </ItemHeader>
      <ItemTabs item={item} label="About" first={<About item={item} />} />
    </>
  )
}
