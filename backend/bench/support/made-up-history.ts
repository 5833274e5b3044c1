import type { EventOf } from '@projectionist/shared/events/event'
import type { Actor } from '@projectionist/shared/events/event'
import { ArtworkChosen, GroupIdentified, MediaIngested, MetadataEdited } from '@projectionist/shared/events/item'
import { LibraryAdded } from '@projectionist/shared/events/library'
import { ItemRated, MarkedWatched, PlaybackCompleted, PlaybackProgressed, PlaybackStarted } from '@projectionist/shared/events/playback'
import { ScanCompleted, ScanStarted } from '@projectionist/shared/events/scan'
import { SignedIn, UserAdded } from '@projectionist/shared/events/user'
import type { Append, NewEvent } from '../../src/platform/eventing/event-store.js'
import { PROJECTIONIST, uuidv5 } from '../../src/platform/ids.js'
import { dice, titleOf } from '../../src/slices/catalog/index/made-up-rows.fixture.js'
import { benchLibrary, madeUpFilm } from './made-up-media.js'

const shows = uuidv5(benchLibrary, 'shows')
const root = uuidv5(benchLibrary, 'root')
/** Of the first scan; later ones find a tenth. */
const FIRST_SCAN = 20_000
const EPISODES = 60
export const PEOPLE = 40

export const madeUp = {
  shows,
  person: (n: number): string => uuidv5(benchLibrary, `person ${n}`),
  device: (n: number): string => `device-${n}-${n % 3}`,
  film: (n: number): string => madeUpFilm(n).itemId,
  series: (n: number): string => uuidv5(benchLibrary, `series ${n}`),
  season: (n: number): string => uuidv5(benchLibrary, `season ${n}`),
  episode: (n: number, episode: number): string => uuidv5(benchLibrary, `series ${n} ${episode}`),
  scan: (n: number): string => uuidv5(benchLibrary, `scan ${n}`),
}

/** What a made-up house has come to: how many there are of what. */
export interface MadeUpHistory {
  films: number
  series: number
  scans: number
}

/**
 * Years of a house with many people: scans that find films and series with their pictures, then plays of them with progress,
 * marks, ratings, sign-ins and edits. About so many events, in appends of new streams or ones at their known revision.
 */
export function* madeUpHistory(total: number, made: MadeUpHistory): Generator<Append[]> {
  const roll = dice(7)
  const upTo = (n: number): number => Math.floor(roll() * n)
  const revisions = new Map<string, number>()
  let clock = Date.UTC(2023, 0, 1)
  let seed = 0
  let count = 0
  const step = (1000 * 86_400_000) / total

  const events = (list: readonly EventOf[], actor: Actor, reason: string, correlationId?: string, causationId?: string): NewEvent[] => {
    const commandId = uuidv5(PROJECTIONIST, `made up ${seed++}`)
    return list.map((event, index) => {
      clock += step
      count++
      const id = uuidv5(commandId, String(index))
      const metadata = { version: 1, commandId, correlationId: correlationId ?? commandId, causationId: causationId ?? commandId, actor, reason, time: new Date(clock).toISOString() }
      return { ...event, id, metadata }
    })
  }
  const append = (streamId: string, list: readonly NewEvent[]): Append => {
    const last = revisions.get(streamId) ?? -1
    if (!streamId.startsWith('item-')) revisions.set(streamId, last + list.length)
    return { streamId, expected: last < 0 ? 'no-stream' : last, events: list }
  }
  const process = (name: string): Actor => ({ kind: 'process', name })
  const person = (n: number): Actor => ({ kind: 'user', userId: madeUp.person(n), deviceId: madeUp.device(n) })

  yield [
    append(`library-${benchLibrary}`, events([LibraryAdded({ name: 'Films', kind: 'films', roots: [] })], person(0), 'add a library')),
    append(`library-${shows}`, events([LibraryAdded({ name: 'Series', kind: 'shows', roots: [] })], person(0), 'add a library')),
    ...Array.from({ length: PEOPLE }, (_, n) =>
      append(`user-${madeUp.person(n)}`, events([UserAdded({ name: `${titleOf(roll, 500).split(' ')[0]} ${n}`, role: n === 0 ? 'admin' : 'member', libraries: 'all' })], person(0), 'add a person'))),
  ]

  const picture = (n: number) =>
    ArtworkChosen({ role: 'poster', source: { from: 'embedded', location: { rootId: root, relative: 'poster.jpg' } }, width: 1000, height: 1500, thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI', colour: '#203040', contentHash: `h${n}` })

  /** Two fifths of all that happens is media taken in. */
  const media = total * 0.4
  while (count < media) {
    const scanId = madeUp.scan(made.scans++)
    const series = made.scans % 4 === 0
    const started = events([ScanStarted({ libraryId: series ? shows : benchLibrary, cause: 'requested' })], person(0), 'scan a library')
    const [{ metadata: { correlationId }, id: startedId }] = started as [NewEvent]
    yield [append(`scan-${scanId}`, started)]
    let added = 0
    for (let batch = 0; batch < (made.scans === 1 ? FIRST_SCAN : FIRST_SCAN / 10) / 250 && count < media; batch++) {
      const appends: Append[] = []
      for (let index = 0; index < (series ? 5 : 250); index++) {
        if (series) {
          const n = made.series++
          const title = titleOf(roll, 200_000)
          const group = (id: string, kind: 'series' | 'season', parentId?: string) =>
            append(`item-${id}`, events([GroupIdentified({ libraryId: shows, kind, key: id, metadata: { title: kind === 'series' ? title : 'Season 1' }, ...(parentId && { parentId }) })], process('scan'), 'Found by a scan', correlationId, startedId))
          appends.push(group(madeUp.series(n), 'series'), group(madeUp.season(n), 'season', madeUp.series(n)))
          for (let e = 0; e < EPISODES; e++) {
            const { event } = madeUpFilm(made.films + 1)
            const data = event.data as ReturnType<typeof MediaIngested>['data']
            const ingested = MediaIngested({ ...data, libraryId: shows, kind: 'episode', parentId: madeUp.season(n), scanId, metadata: { title: `${title} ${e + 1}`, seasonNumber: 1, episodeNumber: e + 1 } })
            appends.push(append(`item-${madeUp.episode(n, e)}`, events([ingested], process('scan'), 'Found by a scan', correlationId, startedId)))
            added++
          }
        } else {
          const { itemId, event } = madeUpFilm(made.films)
          const [ingested] = events([{ ...event, data: { ...(event.data as object), scanId } }], process('scan'), 'Found by a scan', correlationId, startedId)
          const pictures = events([picture(made.films)], process('artwork'), 'look for pictures', correlationId, ingested!.id)
          appends.push(append(`item-${itemId}`, [ingested!, ...pictures]))
          made.films++
          added++
        }
      }
      yield appends
    }
    yield [append(`scan-${scanId}`, events([ScanCompleted({ found: added, added, changed: 0, moved: 0, removed: 0, failed: 0 })], process('scan'), 'Found by a scan', correlationId, startedId))]
  }

  const deviceClock = () => ({ deviceSequence: Math.floor(clock), deviceTime: new Date(clock).toISOString(), clockOffsetMs: 0 })
  let plays = 0
  while (count < total) {
    const appends = new Map<string, Append>()
    const add = (streamId: string, list: () => readonly NewEvent[]): void => {
      if (!appends.has(streamId)) appends.set(streamId, append(streamId, list()))
    }
    for (let index = 0; index < 150; index++) {
      const who = Math.floor(PEOPLE * roll() * roll())
      const itemId = roll() < 0.5 ? madeUp.film(upTo(made.films)) : madeUp.episode(Math.floor(made.series * roll() * roll()), upTo(EPISODES))
      const stream = `playback-${madeUp.person(who)}.${itemId}`
      const dice6 = roll()
      if (dice6 < 0.6) {
        const playId = uuidv5(PROJECTIONIST, `play ${plays++}`)
        const at = (positionMs: number) => ({ playId, positionMs, durationMs: 5_400_000 })
        add(stream, () =>
          events(
            [
              PlaybackStarted({ ...at(0), libraryId: benchLibrary, fileId: root, method: 'direct', device: { id: madeUp.device(who), name: `Screen ${who}` } }),
              ...Array.from({ length: 8 }, (_, step) => PlaybackProgressed({ ...at(step * 600_000), cause: 'minute', ...deviceClock() })),
              ...(roll() < 0.6 ? [PlaybackCompleted({ ...at(5_100_000), ...deviceClock() })] : []),
            ],
            person(who), 'play', playId,
          ))
      } else if (dice6 < 0.75) add(stream, () => events([ItemRated({ rating: 1 + upTo(10), ...deviceClock() })], person(who), 'rate'))
      else if (dice6 < 0.9) add(stream, () => events([MarkedWatched(deviceClock())], person(who), 'mark as watched'))
      else if (dice6 < 0.98) add(`user-${madeUp.person(who)}`, () => events([SignedIn({ device: { id: madeUp.device(who), name: `Screen ${who}` } })], person(who), 'sign in'))
      else {
        const edited = uuidv5(benchLibrary, `edited ${count}`)
        add(`item-${edited}`, () => events([MetadataEdited({ fields: { title: titleOf(roll, 200_000) } })], person(0), 'edit'))
      }
    }
    yield [...appends.values()]
  }
}
