import { randomUUID } from 'node:crypto'
import type { EventOf } from '@projectionist/shared/events/event'
import { GroupIdentified, MediaFileMoved, MediaFileRemoved, MediaIngested, MetadataEdited, MetadataMatched } from '@projectionist/shared/events/item'
import { LibraryAdded, LibraryFolderAdded, LibraryFolderLost, LibraryFolderRecovered, LibraryRemoved, LibraryRenamed } from '@projectionist/shared/events/library'
import { ItemRated, MarkedUnwatched, MarkedWatched, PlaybackProgressed, PlaybackStarted } from '@projectionist/shared/events/playback'
import type { Append, EventStore, NewEvent } from '../../platform/eventing/event-store.js'

type Roll = () => number
/** Numbers from 0 to 1 that look random, the same for the same seed. */
export function dice(seed: number): Roll {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
const pick = <T>(roll: Roll, from: readonly T[]): T => from[Math.floor(roll() * from.length)]!
const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }

export interface Told {
  readonly streamId: string
  readonly event: EventOf
}

/**
 * A household that lives on: libraries come and go, files arrive, move and vanish, people watch and rate. Which event comes next
 * is up to the dice.
 */
export class MadeUpHistory {
  readonly #libraries: { id: string; root: string }[] = []
  readonly #items: { id: string; library: string; root: string; files: string[] }[] = []
  readonly #series: { id: string; library: string; root: string }[] = []

  constructor(
    private readonly roll: Roll,
    private readonly people: readonly string[],
  ) {}

  next(): Told {
    const { roll } = this
    const chance = roll()
    if (this.#libraries.length === 0 || (chance < 0.02 && this.#libraries.length < 8)) return this.#addLibrary()
    const library = pick(roll, this.#libraries)
    if (chance < 0.05) return { streamId: `library-${library.id}`, event: this.#changeLibrary(library) }
    if (this.#items.length === 0 || chance < 0.3) return this.#ingest(library)
    const item = pick(roll, this.#items)
    if (chance < 0.5) return { streamId: `item-${item.id}`, event: this.#changeItem(item) }
    return { streamId: `playback-${pick(roll, this.people)}.${item.id}`, event: this.#play(item) }
  }

  #addLibrary(): Told {
    const library = { id: randomUUID(), root: randomUUID() }
    this.#libraries.push(library)
    return { streamId: `library-${library.id}`, event: LibraryAdded({ name: `Library ${this.#libraries.length}`, kind: 'films', roots: [{ rootId: library.root, path: `/media/${library.id}` }] }) }
  }

  #changeLibrary({ root }: { root: string }): EventOf {
    const { roll } = this
    return pick<() => EventOf>(roll, [
      () => LibraryRenamed({ name: `Renamed ${Math.floor(roll() * 100)}` }),
      () => LibraryFolderAdded({ rootId: randomUUID(), path: `/more/${Math.floor(roll() * 1e6)}` }),
      () => LibraryFolderLost({ rootId: root, code: 'unreadable' }),
      () => LibraryFolderRecovered({ rootId: root }),
      () => LibraryRemoved({}),
    ])()
  }

  #ingest({ id: libraryId, root }: { id: string; root: string }): Told {
    const { roll } = this
    const series = this.#series.filter(each => each.library === libraryId)
    if (roll() < 0.1 || (roll() < 0.3 && series.length === 0)) {
      const id = randomUUID()
      this.#series.push({ id, library: libraryId, root })
      return { streamId: `item-${id}`, event: GroupIdentified({ libraryId, kind: 'series', key: id, metadata: { title: `Series ${this.#series.length}` } }) }
    }
    const again = roll() < 0.1 ? this.#items.find(item => item.library === libraryId) : undefined
    const item = again ?? { id: randomUUID(), library: libraryId, root, files: [] }
    if (!again) this.#items.push(item)
    const file = this.#file(root)
    item.files.push(file.fileId)
    const tall = pick(roll, [480, 1080, 2160])
    return {
      streamId: `item-${item.id}`,
      event: MediaIngested({
        libraryId, kind: 'film', file, ...(series.length > 0 && roll() < 0.3 && { parentId: pick(roll, series).id }),
        media: { container: pick(roll, ['matroska', 'mp4']), durationMs: 6_000_000, video: [{ index: 0, codec: 'h264', width: Math.round(tall * 1.78), height: tall }], audio: [], subtitles: [] },
        metadata: { title: `Film ${Math.floor(roll() * 500)}`, year: 1950 + Math.floor(roll() * 70), genres: [pick(roll, ['Drama', 'Horror', 'Comedy'])], people: [{ name: pick(roll, ['Ada', 'Bo', 'Cy']), role: 'actor' }] },
      }),
    }
  }

  #file(root: string) {
    return { fileId: randomUUID(), location: { rootId: root, relative: `${Math.floor(this.roll() * 1e9)}.mkv` }, sizeBytes: 1, modifiedMs: 1 }
  }

  #changeItem(item: { root: string; files: string[] }): EventOf {
    const { roll } = this
    const fileId = pick(roll, item.files)
    return pick<() => EventOf>(roll, [
      () => MetadataEdited({ fields: { title: `Edited ${Math.floor(roll() * 500)}` } }),
      () => MetadataMatched({ source: 'nfo', metadata: { overview: `Words ${Math.floor(roll() * 500)}`, people: [{ name: 'Di', role: 'actor' }] } }),
      () => MediaFileMoved({ file: { ...this.#file(item.root), fileId } }),
      () => MediaFileRemoved({ fileId }),
    ])()
  }

  #play(item: { library: string; files: string[] }): EventOf {
    const { roll } = this
    const at = { playId: randomUUID(), positionMs: Math.floor(roll() * 5_000_000), durationMs: 6_000_000 }
    return pick<() => EventOf>(roll, [
      () => PlaybackStarted({ ...at, libraryId: item.library, fileId: pick(roll, item.files), method: 'direct', device: { id: 'd', name: 'Sofa' } }),
      () => PlaybackProgressed({ ...at, cause: 'pause', ...clock }),
      () => MarkedWatched(clock),
      () => MarkedUnwatched(clock),
      () => ItemRated({ rating: 1 + Math.floor(roll() * 10), ...clock }),
    ])()
  }
}

/** Appends what was told, each a minute after the one before, from `start` on; gives the positions. */
export class Teller {
  readonly #revisions = new Map<string, number>()
  #minutes = 0

  constructor(
    private readonly store: Pick<EventStore, 'appendMany'>,
    readonly start: number,
  ) {}

  /** When the latest event was recorded. */
  get now(): string {
    return new Date(this.start + this.#minutes * 60_000).toISOString()
  }

  async tell(told: readonly Told[], actor: NewEvent['metadata']['actor'] = { kind: 'process', name: 'test' }, correlationId?: string): Promise<number> {
    let position = 0
    for (const { streamId, event } of told) {
      this.#minutes++
      const id = randomUUID()
      const last = this.#revisions.get(streamId)
      const append: Append = {
        streamId,
        expected: last ?? 'no-stream',
        events: [{ ...event, id, metadata: { version: 1, commandId: id, correlationId: correlationId ?? id, causationId: correlationId ?? id, actor, reason: 'a test', time: this.now } }],
      }
      const [result] = await this.store.appendMany([append])
      if (result?.outcome !== 'appended') throw new Error(`The append gave ${JSON.stringify(result)}`)
      this.#revisions.set(streamId, result.revision)
      position = result.position
    }
    return position
  }
}
