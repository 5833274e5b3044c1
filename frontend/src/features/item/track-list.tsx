import type { ItemSummary } from '@projectionist/shared/api/items'
import { AudioLines, Disc3, Play } from 'lucide-react'
import { cx } from '../../lib/cx.js'
import { useStore } from '../../lib/store.js'
import { clock } from '../../lib/time-words.js'
import { heardTrack } from '../../lib/track-player.js'

/** Tracks in their order, by disc where there are several. A press plays from there on. */
export function TrackList({ tracks, onPlay }: { tracks: readonly ItemSummary[]; onPlay: (index: number) => void }) {
  const albumArtist = tracks[0]?.parents.find(parent => parent.kind === 'artist')?.title
  const heard = useStore(heardTrack)
  const discs = new Set(tracks.map(track => track.discNumber))
  return (
    <ol data-arrows className="flex flex-col">
      {tracks.map((track, index) => (
        <li key={track.id}>
          {discs.size > 1 && track.discNumber !== tracks[index - 1]?.discNumber && (
            <h3 className={cx('flex items-center gap-2 px-3 pb-2 text-small font-medium text-ink-3', index > 0 && 'pt-6')}>
              <Disc3 className="size-4" /> Disc {track.discNumber ?? '?'}
            </h3>
          )}
          <button
            type="button"
            disabled={!track.available}
            onClick={() => onPlay(index)}
            aria-label={`Play ${track.title}`}
            aria-current={heard?.id === track.id ? 'true' : undefined}
            className="group/track grid w-full grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-3 rounded-m px-3 py-2.5 text-left transition-colors hover:bg-surface-2 focus-visible:-outline-offset-2 disabled:opacity-45"
          >
            <span className="figures text-body text-ink-3">
              <span className="group-hover/track:hidden group-focus-visible/track:hidden">
                {heard?.id === track.id ? (
                  <AudioLines className={cx('size-4 text-accent-ink', heard.playing && 'animate-pulse')} />
                ) : (
                  (track.trackNumber ?? '–')
                )}
              </span>
              <Play className="hidden size-4 fill-accent-ink text-accent-ink group-hover/track:block group-focus-visible/track:block" />
            </span>
            <span className="min-w-0">
              <span
                className={cx('block truncate text-body font-medium', heard?.id === track.id ? 'text-accent-ink' : 'text-ink-1')}
              >
                {track.title}
              </span>
              {track.artist && track.artist !== albumArtist && <span className="block truncate text-ink-3">{track.artist}</span>}
            </span>
            <span className="figures text-ink-3">{track.durationMs ? clock(track.durationMs) : ''}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
