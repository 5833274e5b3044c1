import type { Item } from '@projectionist/shared/api/items'
import { Play, Shuffle } from 'lucide-react'
import { usePlayTracks } from '../../lib/track-player.js'
import { duration } from '../../lib/time-words.js'
import { counted } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { About } from './about.js'
import { Facts } from './facts.js'
import { ItemHeader } from './item-header.js'
import { ItemTabs } from './item-tabs.js'
import { shuffled } from './shuffled.js'
import { TrackList } from './track-list.js'

/** A record: its sleeve, who made it, and its sides. */
export function AlbumPage({ item }: { item: Item }) {
  const playTracks = usePlayTracks()
  const tracks = item.children
  const playable = tracks.filter(track => track.available)
  const length = item.durationMs ?? tracks.reduce((sum, track) => sum + (track.durationMs ?? 0), 0)
  return (
    <>
      <ItemHeader
        item={item}
        facts={
          <Facts
            item={{ ...item, durationMs: null }}
            more={[counted(item.childCount ?? tracks.length, 'track', 'tracks'), length > 0 ? duration(length) : null]}
          />
        }
      >
        <div className="mt-6 flex flex-wrap gap-3" data-arrows>
          <Button
            command
            look="loud"
            size="l"
            icon={<Play className="fill-current" />}
            disabled={playable.length === 0}
            onClick={() => playTracks(playable, 0)}
          >
            Play
          </Button>
          <Button
            command
            size="l"
            icon={<Shuffle />}
            disabled={playable.length === 0}
            onClick={() => playTracks(shuffled(playable, Math.random), 0)}
          >
            Shuffle
          </Button>
        </div>
      </ItemHeader>
      <ItemTabs
        item={item}
        label="Tracks"
        first={
          <div className="flex flex-col gap-12">
            <TrackList tracks={tracks} onPlay={index => playTracks(tracks, index)} />
            {(item.overview || item.genres.length > 0 || item.people.length > 0) && <About item={item} />}
          </div>
        }
      />
    </>
  )
}
