import type { Item, ItemSummary } from '@projectionist/shared/api/items'
import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { episodeCode } from '../../lib/item-words.js'
import { watchPath } from '../../lib/paths.js'
import { itemQuery } from '../../lib/queries.js'
import { timeLeft } from '../../lib/time-words.js'
import { counted } from '../../lib/words.js'
import { ButtonLink } from '../../ui/button.js'
import { Chip } from '../../ui/chip.js'
import { ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { About } from './about.js'
import { EpisodeList, EpisodesSkeleton } from './episode-list.js'
import { Facts } from './facts.js'
import { ItemHeader } from './item-header.js'
import { ItemTabs } from './item-tabs.js'
import { OwnMarks } from './own-marks.js'

/** A series with its seasons, or one season: what to watch next, and all episodes. */
export function SeriesPage({ item }: { item: Item }) {
  const left = item.state.unwatched
  const inside =
    item.kind === 'series'
      ? counted(item.childCount ?? item.children.length, 'season', 'seasons')
      : counted(item.childCount ?? item.children.length, 'episode', 'episodes')
  return (
    <>
      <ItemHeader
        item={item}
        facts={<Facts item={item} more={[inside, left === null ? null : left === 0 ? 'All watched' : `${left} to watch`]} />}
      >
        <div className="mt-6 flex flex-wrap items-center gap-3" data-arrows>
          {item.next && <PlayNext episode={item.next} fresh={!item.state.lastPlayedAt && left !== 0} />}
          <OwnMarks item={item} />
        </div>
        {item.overview && <p className="mt-5 line-clamp-3 max-w-[42rem] text-body text-pretty">{item.overview}</p>}
      </ItemHeader>
      <ItemTabs
        item={item}
        label="Episodes"
        first={
          <div className="flex flex-col gap-12">
            {item.kind === 'series' ? <Seasons series={item} /> : <EpisodeList episodes={item.children} />}
            <About item={item} />
          </div>
        }
      />
    </>
  )
}

function PlayNext({ episode, fresh }: { episode: ItemSummary; fresh: boolean }) {
  const begun = episode.state.positionMs > 0 && episode.durationMs
  const code = episodeCode(episode)
  return (
    <ButtonLink
      command
      look="loud"
      size="l"
      className="max-sm:w-full"
      to={watchPath(episode.id)}
      icon={<Play className="fill-current" />}
    >
      {begun
        ? `Resume ${code} · ${timeLeft(episode.state.positionMs, episode.durationMs ?? 0)}`
        : fresh
          ? 'Play'
          : `Play ${code}`}
    </ButtonLink>
  )
}

/** The seasons to choose from, first the one being watched, and the episodes of the chosen one. */
function Seasons({ series }: { series: Item }) {
  const seasons = series.children
  const current = seasons.find(season => series.next?.parents.some(parent => parent.id === season.id)) ?? seasons[0]
  const [chosen, setChosen] = useState(current?.id)
  const season = useQuery({ ...itemQuery(chosen ?? ''), enabled: chosen !== undefined })
  if (!chosen) return <Text className="text-ink-3">No episodes yet.</Text>
  return (
    <section aria-label="Episodes">
      {seasons.length > 1 && (
        <div
          role="group"
          aria-label="Season"
          data-arrows
          className="-mx-(--gutter) mb-5 flex gap-2 overflow-x-auto px-(--gutter) py-1 no-scrollbar"
        >
          {seasons.map(one => (
            <Chip key={one.id} on={one.id === chosen} onClick={() => setChosen(one.id)}>
              {one.title}
            </Chip>
          ))}
        </div>
      )}
      {season.isError ? (
        <ErrorState error={season.error} retry={() => void season.refetch()} />
      ) : season.data ? (
        <EpisodeList episodes={season.data.children} />
      ) : (
        <EpisodesSkeleton />
      )}
    </section>
  )
}
