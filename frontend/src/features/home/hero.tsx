import type { ItemSummary } from '@projectionist/shared/api/items'
import { Info, Play } from 'lucide-react'
import { cardTitle, episodeCode } from '../../lib/item-words.js'
import { itemPath, watchPath } from '../../lib/paths.js'
import { duration, leftOff, timeLeft } from '../../lib/time-words.js'
import { Backdrop, OnBackdrop } from '../../ui/backdrop.js'
import { ButtonLink } from '../../ui/button.js'
import { Progress } from '../../ui/progress.js'
import { Text } from '../../ui/text.js'
import type { Entry } from './continue-shelf.js'

interface HeroProps {
  readonly item: ItemSummary
  /** What was begun of it. */
  readonly entry?: Entry
}

/** What stands first: what was left off last, else the newest that has a wide picture to show. */
export const heroOf = (begun: readonly Entry[], newest: readonly ItemSummary[]): HeroProps | null => {
  const entry = begun[0]
  const item = newest.find(one => one.pictures.backdrop)
  return entry ? { item: entry.item, entry } : item ? { item } : null
}

export function Hero({ item, entry }: HeroProps) {
  const backdrop = item.pictures.backdrop ?? (item.kind === 'episode' || item.kind === 'video' ? item.pictures.thumb : undefined)
  const facts = [
    item.kind === 'episode' ? [episodeCode(item), item.title].filter(Boolean).join(' · ') : item.year,
    !entry && item.durationMs ? duration(item.durationMs) : null,
    item.quality,
  ].filter(Boolean)
  return (
    <section
      aria-label={entry ? 'Go on watching' : 'New'}
      className="relative isolate flex min-h-[min(64vh,40rem)] flex-col justify-end pt-40 pb-8 gutter"
    >
      <Backdrop picture={backdrop} tint={item.pictures.poster?.colour} />
      <OnBackdrop>
        <Text size="small" className="mb-2 font-medium">
          {entry ? `You ${leftOff(entry.positionMs, entry.at, Date.now())}` : 'New here'}
        </Text>
        <Text as="h1" size="display" className="max-w-[18ch]">
          {cardTitle(item)}
        </Text>
        <Text className="figures mt-3 text-body">{facts.join('  ·  ')}</Text>
        <div className="mt-6 flex flex-wrap items-center gap-3" data-arrows>
          <ButtonLink
            command={item.kind !== 'series'}
            look="loud"
            size="l"
            className="max-sm:w-full"
            to={item.kind === 'series' ? itemPath(item.id) : watchPath(item.id)}
            icon={<Play className="fill-current" />}
          >
            {entry
              ? `Resume · ${timeLeft(entry.positionMs, entry.durationMs)}`
              : item.kind === 'series'
                ? 'See the series'
                : 'Play'}
          </ButtonLink>
          {item.kind !== 'series' && (
            <ButtonLink
              look="quiet"
              size="l"
              className="max-sm:w-full"
              to={itemPath(item.id)}
              state={{ summary: item }}
              icon={<Info />}
            >
              Details
            </ButtonLink>
          )}
        </div>
        {entry && (
          <Progress
            value={entry.positionMs / Math.max(1, entry.durationMs)}
            label="Watched so far"
            className="mt-6 w-60 max-sm:w-full"
          />
        )}
      </OnBackdrop>
    </section>
  )
}
