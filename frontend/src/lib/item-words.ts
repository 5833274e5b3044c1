import type { ItemSummary } from '@projectionist/shared/api/items'
import { duration, wholeDate } from './time-words.js'
import { counted } from './words.js'

type Numbered = Pick<ItemSummary, 'seasonNumber' | 'episodeNumber' | 'episodeNumberEnd'>

/** `S2 E5`, `S2 E5–6`, `E5`; empty where nothing is numbered. */
export function episodeCode({ seasonNumber, episodeNumber, episodeNumberEnd }: Numbered): string {
  const season = seasonNumber === null ? '' : seasonNumber === 0 ? 'Special' : `S${seasonNumber}`
  const last = episodeNumberEnd !== null && episodeNumberEnd !== episodeNumber ? `–${episodeNumberEnd}` : ''
  const episode = episodeNumber === null ? '' : `E${episodeNumber}${last}`
  return [season, episode].filter(Boolean).join(' ')
}

const parentTitle = (item: ItemSummary, kind: ItemSummary['kind']) => item.parents.find(parent => parent.kind === kind)?.title

/** Title of a card: an episode goes by its series. */
export const cardTitle = (item: ItemSummary): string =>
  item.kind === 'episode' ? (parentTitle(item, 'series') ?? item.title) : item.title

/** The line under a card's title. */
export function cardDetail(item: ItemSummary): string {
  switch (item.kind) {
    case 'episode':
      return [episodeCode(item), item.title].filter(Boolean).join(' · ')
    case 'season':
      return item.childCount === null ? '' : counted(item.childCount, 'episode', 'episodes')
    case 'series':
      return [item.year, item.childCount ? counted(item.childCount, 'season', 'seasons') : null].filter(Boolean).join(' · ')
    case 'artist':
      return item.childCount ? counted(item.childCount, 'album', 'albums') : ''
    case 'album':
      return [parentTitle(item, 'artist'), item.year].filter(Boolean).join(' · ')
    case 'track':
      return [item.artist ?? parentTitle(item, 'artist'), parentTitle(item, 'album')].filter(Boolean).join(' · ')
    case 'photo':
    case 'video':
      return [
        item.takenAt ? wholeDate(item.takenAt) : item.year,
        item.kind === 'video' && item.durationMs ? duration(item.durationMs) : null,
      ]
        .filter(Boolean)
        .join(' · ')
    case 'film':
      return [item.year, item.durationMs ? duration(item.durationMs) : null].filter(Boolean).join(' · ')
  }
}

/** How far into it the person is, 0 to 1; null where there is nothing to show. */
export const progressOf = (item: ItemSummary): number | null =>
  item.durationMs && item.state.positionMs > 0 ? Math.min(1, item.state.positionMs / item.durationMs) : null
