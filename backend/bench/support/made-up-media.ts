import { MediaIngested } from '@projectionist/shared/events/item'
import type { Actor, EventOf } from '@projectionist/shared/events/event'
import type { NewEvent } from '../../src/platform/eventing/event-store.js'
import { PROJECTIONIST, uuidv5 } from '../../src/platform/ids.js'
import { dice, genres, titleOf } from '../../src/slices/catalog/index/made-up-rows.fixture.js'

export const benchLibrary = uuidv5(PROJECTIONIST, 'bench library')
const root = uuidv5(PROJECTIONIST, 'bench root')

/** The n-th film of a made-up library: the same at every run. */
export function madeUpFilm(n: number): { itemId: string; event: EventOf } {
  const roll = dice(n + 1)
  const title = titleOf(roll, 200_000)
  const year = 1930 + Math.floor(roll() * 95)
  const tall = roll() < 0.2 ? 2160 : roll() < 0.7 ? 1080 : 480
  const itemId = uuidv5(benchLibrary, `film ${n}`)
  return {
    itemId,
    event: MediaIngested({
      libraryId: benchLibrary,
      kind: 'film',
      file: { fileId: uuidv5(root, `file ${n}`), location: { rootId: root, relative: `${title} (${year})/${title}.mkv` }, sizeBytes: 4e9 + n, modifiedMs: 1.7e12 + n },
      media: {
        container: 'matroska',
        durationMs: 5_400_000 + Math.floor(roll() * 3_600_000),
        video: [{ index: 0, codec: 'h264', profile: 'High', level: 41, width: Math.round((tall * 16) / 9), height: tall, frameRate: 24 }],
        audio: [{ index: 1, codec: 'ac3', channels: 6, sampleRate: 48_000, language: 'en' }],
        subtitles: [{ index: 2, codec: 'subrip', form: 'text', language: 'en' }],
      },
      metadata: {
        title,
        year,
        genres: [genres[Math.floor(roll() * genres.length)]!, genres[Math.floor(roll() * genres.length)]!],
        rating: Math.round(roll() * 100) / 10,
        overview: 'Somebody sets out, meets somebody else, and comes home another. '.repeat(3),
      },
    }),
  }
}

export interface Circumstances {
  readonly actor: Actor
  readonly reason: string
  /** Default: it follows from nothing else. */
  readonly correlationId?: string
}

/** An event ready to be appended. */
export function toAppend(event: EventOf, seed: string, by: Circumstances = { actor: { kind: 'process', name: 'bench' }, reason: 'bench' }): NewEvent {
  const id = uuidv5(PROJECTIONIST, seed)
  const { actor, reason, correlationId = id } = by
  return {
    ...event,
    id,
    metadata: { version: 1, commandId: id, correlationId, causationId: correlationId, actor, reason, time: '2026-01-01T00:00:00.000Z' },
  }
}
