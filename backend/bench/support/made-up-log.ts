import { ArtworkChosen, MetadataMatched } from '@projectionist/shared/events/item'
import type { EventOf } from '@projectionist/shared/events/event'
import { LibraryAdded } from '@projectionist/shared/events/library'
import { PlaybackCompleted, PlaybackProgressed, PlaybackStarted } from '@projectionist/shared/events/playback'
import { ScanCompleted, ScanProblemsFound, ScanStarted } from '@projectionist/shared/events/scan'
import { UserAdded } from '@projectionist/shared/events/user'
import type { Append } from '../../src/platform/eventing/event-store.js'
import { PROJECTIONIST, uuidv5 } from '../../src/platform/ids.js'
import { dice } from '../../src/slices/catalog/index/made-up-rows.fixture.js'
import { benchLibrary, madeUpFilm, toAppend, type Circumstances } from './made-up-media.js'

const FILMS = 1000
const PLAYS = 650
const people = Array.from({ length: 20 }, (_, n) => uuidv5(PROJECTIONIST, `bench person ${n}`))
const root = uuidv5(PROJECTIONIST, 'bench root')

/** Who did it, and what all that it brought about has in common, as the program records it. */
const byScan = (scan: number): Circumstances => ({ actor: { kind: 'process', name: 'ingest' }, reason: 'Found by a scan', correlationId: uuidv5(PROJECTIONIST, `bench scan command ${scan}`) })
const byArtwork = (scan: number): Circumstances => ({ ...byScan(scan), actor: { kind: 'process', name: 'artwork' }, reason: 'look for pictures' })
const byPerson = (userId: string): Circumstances => ({ actor: { kind: 'user', userId, deviceId: 'sofa' }, reason: 'play' })

/**
 * The log of a household, a scan at a time: each takes in 1,000 films with their NFO, then come their pictures, then people play 650 of
 * all there are; about 43 events in 100 are about items. Yields appends that may go together: no stream comes twice in one.
 */
export function* madeUpLog(events: number): Generator<Append[]> {
  let made = 0
  const batch = (appends: Append[]): Append[] => {
    made += appends.reduce((sum, each) => sum + each.events.length, 0)
    return appends
  }
  yield batch([
    appendOf(byPerson(people[0]!), `library-${benchLibrary}`, 0, [
      LibraryAdded({ name: 'Films', kind: 'films', roots: [{ rootId: root, path: '/films' }] }),
    ]),
    ...people.map((id, n) =>
      appendOf(byPerson(people[0]!), `user-${id}`, 0, [UserAdded({ name: `Person ${n}`, role: n === 0 ? 'admin' : 'member', libraries: 'all' })]),
    ),
  ])
  const revisions = new Map<string, number>()
  for (let scan = 0; made < events; scan++) {
    const roll = dice(scan + 1)
    const films = Array.from({ length: FILMS }, (_, n) => madeUpFilm(scan * FILMS + n))
    const scanStream = `scan-${uuidv5(PROJECTIONIST, `bench scan ${scan}`)}`
    yield batch([appendOf(byScan(scan), scanStream, 0, [ScanStarted({ libraryId: benchLibrary, cause: 'requested' })])])
    yield batch(films.map(({ itemId, event }, n) => appendOf(byScan(scan), `item-${itemId}`, 0, [event, matched(scan * FILMS + n, roll)])))
    yield batch([
      appendOf(byScan(scan), scanStream, 1, [
        ScanProblemsFound({
          problems: [{ rootId: root, relative: `damaged ${scan}.mkv`, code: 'damaged', detail: 'no stream in it' }],
        }),
        ScanCompleted({ found: FILMS, added: FILMS, changed: 0, moved: 0, removed: 0, failed: 1 }),
      ]),
    ])
    yield batch(films.map(({ itemId }) => appendOf(byArtwork(scan), `item-${itemId}`, 2, [artwork(itemId)])))
    const plays = new Map<string, { readonly userId: string; readonly played: EventOf[] }>()
    for (let n = 0; n < PLAYS; n++) {
      const { itemId } = madeUpFilm(Math.floor(roll() * (scan + 1) * FILMS))
      const userId = people[Math.floor(roll() * people.length)]!
      plays.set(`playback-${userId}.${itemId}`, { userId, played: play(`${scan} ${n}`) })
    }
    yield batch(
      [...plays].map(([stream, { userId, played }]) => {
        const revision = revisions.get(stream) ?? 0
        revisions.set(stream, revision + played.length)
        return appendOf(byPerson(userId), stream, revision, played)
      }),
    )
  }
}

const appendOf = (by: Circumstances, streamId: string, revision: number, events: readonly EventOf[]): Append => ({
  streamId,
  expected: revision === 0 ? 'no-stream' : revision - 1,
  events: events.map((event, n) => toAppend(event, `${streamId} ${revision + n}`, by)),
})

function matched(film: number, roll: () => number): EventOf {
  return MetadataMatched({
    source: 'nfo',
    metadata: {
      overview: 'A quiet town, a letter that comes too late, and two people who read it differently. '.repeat(3),
      tagline: 'Nothing stays unread.',
      contentRating: 'PG-13',
      studios: ['Northlight'],
      people: Array.from(
        { length: 6 },
        (_, n) => ({ name: `Player ${Math.floor(roll() * 50_000)}`, role: n === 0 ? 'director' : 'actor' }) as const,
      ),
      externalIds: { tmdb: String(film), imdb: `tt${film}` },
    },
  })
}

const artwork = (itemId: string): EventOf =>
  ArtworkChosen({
    role: 'poster',
    source: { from: 'file', location: { rootId: root, relative: `${itemId}/poster.jpg` } },
    width: 1000,
    height: 1500,
    thumbhash: 'VggKDYJ3h4iIh3eIeHeAeIiHh3B4h3cI',
    colour: '#604020',
    contentHash: itemId.slice(0, 16),
  })

function play(seed: string): EventOf[] {
  const playId = uuidv5(PROJECTIONIST, `bench play ${seed}`)
  const durationMs = 7_200_000
  const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
  const progress = (positionMs: number) => PlaybackProgressed({ playId, positionMs, durationMs, cause: 'minute', ...clock })
  return [
    PlaybackStarted({
      playId,
      positionMs: 0,
      durationMs,
      libraryId: benchLibrary,
      fileId: playId,
      method: 'direct',
      device: { id: 'sofa', name: 'Sofa' },
    }),
    ...[1, 2, 3, 4].map(part => progress(part * 1_500_000)),
    PlaybackCompleted({ playId, positionMs: durationMs, durationMs, ...clock }),
  ]
}
