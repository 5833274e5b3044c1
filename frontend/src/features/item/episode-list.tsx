import type { ItemSummary } from '@projectionist/shared/api/items'
import { Play } from 'lucide-react'
import { Link } from 'react-router'
import { progressOf } from '../../lib/item-words.js'
import { usePast } from '../../lib/past.js'
import { itemPath, watchPath } from '../../lib/paths.js'
import { duration, timeLeft, wholeDate } from '../../lib/time-words.js'
import { Still } from '../../ui/artwork.js'
import { SeenLine } from '../../ui/progress.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { WatchedLineButton } from './own-marks.js'

/** Episodes in their order: the picture plays, the title leads to the episode. */
export const EpisodeList = ({ episodes }: { episodes: readonly ItemSummary[] }) => (
  <ol data-arrows className="flex flex-col">
    {episodes.map(episode => (
      <Episode key={episode.id} episode={episode} />
    ))}
  </ol>
)

function Episode({ episode }: { episode: ItemSummary }) {
  const progress = progressOf(episode)
  const looking = usePast()
  const facts = [
    progress !== null
      ? timeLeft(episode.state.positionMs, episode.durationMs ?? 0)
      : episode.durationMs && duration(episode.durationMs),
    episode.releasedOn && wholeDate(episode.releasedOn),
    !episode.available && 'cannot be reached now',
  ].filter(Boolean)
  return (
    <li className="group/line -mx-3 flex items-center gap-4 rounded-l p-3 transition-colors hover:bg-surface-1 md:gap-6">
      <Link
        to={looking ? itemPath(episode.id) : watchPath(episode.id)}
        aria-label={looking ? episode.title : `Play ${episode.title}`}
        className="relative w-28 shrink-0 rounded-m sm:w-44 lg:w-56"
      >
        <Still picture={episode.pictures.thumb ?? episode.pictures.backdrop} title={episode.title} sizes="14rem">
          {progress !== null && <SeenLine value={progress} />}
          <span className="absolute inset-0 grid place-items-center bg-black/0 opacity-0 transition-[opacity,background-color] group-hover/line:bg-black/30 group-hover/line:opacity-100 pointer-coarse:hidden">
            <Play className="size-9 fill-white text-white drop-shadow-lg" />
          </span>
        </Still>
      </Link>
      <div className="flex min-w-0 flex-1 items-center gap-4 max-sm:flex-col max-sm:items-start max-sm:gap-1.5">
        <Link to={itemPath(episode.id)} state={{ summary: episode }} className="block min-w-0 flex-1 rounded-s max-sm:w-full">
          <span className="flex gap-2 text-body font-semibold text-ink-1">
            {episode.episodeNumber !== null && (
              <span className="figures w-6 shrink-0 text-ink-3 max-sm:w-auto">{episode.episodeNumber}</span>
            )}
            <span className={episode.state.watched ? 'truncate text-ink-2' : 'truncate'}>{episode.title}</span>
          </span>
          <span className="figures mt-0.5 block truncate pl-8 text-ink-3 max-sm:pl-0">{facts.join(' · ')}</span>
        </Link>
        <WatchedLineButton item={episode} />
      </div>
    </li>
  )
}

export const EpisodesSkeleton = () => (
  <Awaiting what="the episodes" className="flex flex-col gap-6 py-3">
    {Array.from({ length: 5 }, (_, index) => (
      <div key={index} className="flex items-center gap-6">
        <Skeleton className="aspect-video w-32 !rounded-m sm:w-44 lg:w-56" />
        <div className="flex-1">
          <Skeleton className="mb-2 h-4 w-1/3" />
          <Skeleton className="h-3.5 w-1/5" />
        </div>
      </div>
    ))}
  </Awaiting>
)
