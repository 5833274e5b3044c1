import { ArtworkChosen, MediaIngested, MetadataEdited } from '@projectionist/shared/events/item'
import { LibraryAdded } from '@projectionist/shared/events/library'
import { ItemRated, PlaybackCompleted, PlaybackProgressed, PlaybackStarted } from '@projectionist/shared/events/playback'
import { ScanCompleted, ScanStarted } from '@projectionist/shared/events/scan'
import { TranscodeEnded, TranscodeStarted } from '@projectionist/shared/events/transcode'
import { SignedIn, UserAdded, UserErased } from '@projectionist/shared/events/user'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Recording } from '../../../test/events.js'
import { ProjectionBench } from '../../../test/projection.js'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { NOBODY } from './about.js'
import { historyProjection } from './history.projection.js'

const ada = '0a0a0a0a-0000-4000-8000-000000000001'
const bob = '0a0a0a0a-0000-4000-8000-000000000002'
const film = '0f0f0f0f-0000-4000-8000-000000000001'
const library = '0c0c0c0c-0000-4000-8000-000000000001'
const root = '0c0c0c0c-0000-4000-8000-00000000000a'
const scan = '05050505-0000-4000-8000-000000000001'
const cause = '0d0d0d0d-0000-4000-8000-000000000001'
const play = '0b0b0b0b-0000-4000-8000-000000000001'
const session = '0b0b0b0b-0000-4000-8000-000000000002'
const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
const sofa = { id: 'sofa-device', name: 'Sofa' }
const [, groups, marks, touches, callings, , names] = historyProjection.tables

const ingested = MediaIngested({
  libraryId: library, kind: 'film', scanId: scan,
  file: { fileId: root, location: { rootId: root, relative: 'Métropolis (1927)/Metropolis.mkv' }, sizeBytes: 1, modifiedMs: 1 },
  media: { container: 'matroska', video: [], audio: [], subtitles: [] },
  metadata: { title: 'Métropolis', year: 1927 },
})
const at = (positionMs: number) => PlaybackProgressed({ playId: play, positionMs, durationMs: 60_000, cause: 'seek', ...clock })

describe('the history', () => {
  let bench: ProjectionBench
  let recording: Recording
  beforeAll(async () => {
    bench = await ProjectionBench.open(historyProjection)
  })
  afterAll(() => bench.drop())
  beforeEach(async () => {
    await bench.empty(historyProjection)
    recording = new Recording()
  })

  /** As of one cause. */
  const caused = (events: RecordedEvent[], correlationId = cause): RecordedEvent[] =>
    events.map(event => ({ ...event, metadata: { ...event.metadata, correlationId } }))
  const scanned = (): RecordedEvent[] => [
    ...caused(recording.record(`scan-${scan}`, ScanStarted({ libraryId: library, cause: 'requested' }))),
    ...caused(recording.record(`item-${film}`, ingested)),
    ...caused(recording.record(`scan-${scan}`, ScanCompleted({ found: 1, added: 1, changed: 0, moved: 0, removed: 0, failed: 0 }))),
  ]
  const played = (who = ada): RecordedEvent[] => [
    ...recording.record(`transcode-${session}`, TranscodeStarted({ itemId: film, fileId: root, userId: who, method: 'transcode', reasons: [], video: 'h264', audio: 'aac', playId: play })),
    ...recording.record(`playback-${who}.${film}`, PlaybackStarted({ playId: play, positionMs: 10_000, durationMs: 60_000, libraryId: library, fileId: root, method: 'direct', device: sofa }), at(30_000), at(52_000)),
    ...recording.record(`transcode-${session}`, TranscodeEnded({ cause: 'stopped', segments: 3, itemId: film, userId: who, playId: play })),
  ]
  const lines = () => bench.sql.query<object>('select group_id, owner, entries, counts, story, alone from read.history_groups order by position')

  it('makes one line of a scan and what it found', async () => {
    await bench.project(historyProjection, scanned())
    expect(await lines()).toEqual([
      {
        group_id: cause, owner: NOBODY, entries: 3, counts: { ScanStarted: 1, MediaIngested: 1, ScanCompleted: 1 }, alone: false,
        story: { scan: { state: 'done', added: 1, changed: 0, moved: 0, removed: 0, failed: 0 } },
      },
    ])
  })

  it('makes one line of a play with its seeks and its conversion', async () => {
    await bench.project(historyProjection, played())
    expect(await lines()).toEqual([
      {
        group_id: play, owner: ada, entries: 5, counts: { TranscodeStarted: 1, PlaybackStarted: 1, PlaybackProgressed: 2, TranscodeEnded: 1 }, alone: false,
        story: { play: { fromMs: 10_000, toMs: 52_000, durationMs: 60_000, finished: false } },
      },
    ])
    await bench.project(historyProjection, recording.record(`playback-${ada}.${film}`, PlaybackCompleted({ playId: play, positionMs: 60_000, durationMs: 60_000, ...clock })))
    expect(await lines()).toMatchObject([{ entries: 6, story: { play: { toMs: 60_000, finished: true } } }])
  })

  it('knows whose a conversion is, and of what', async () => {
    await bench.project(historyProjection, played())
    expect(await bench.sql.query(`select type, owner, item_id from read.history where category = 'transcode' order by position`)).toEqual([
      { type: 'TranscodeStarted', owner: ada, item_id: film },
      { type: 'TranscodeEnded', owner: ada, item_id: film },
    ])
  })

  it('keeps what concerns two people in a line for each', async () => {
    const rated = (who: string) => recording.record(`playback-${who}.${film}`, ItemRated({ rating: 7, ...clock }))
    await bench.project(historyProjection, caused([...rated(ada), ...rated(bob), ...rated(bob)]))
    expect(await lines()).toMatchObject([{ group_id: cause, owner: ada, entries: 1 }, { group_id: cause, owner: bob, entries: 2 }])
  })

  it('can be found by the words of titles, files and edits', async () => {
    const edited = recording.record(`item-${film}`, MetadataEdited({ fields: { tagline: 'The mediator', tags: ['silent'] } }))
    const signedIn = recording.record(`user-${ada}`, UserAdded({ name: 'Ada L.', role: 'admin', libraries: 'all' }), SignedIn({ device: sofa }))
    await bench.project(historyProjection, [...scanned(), ...edited, ...signedIn])
    const wordsOf = async (mark: string) => (await bench.sql.query<{ word: string }>('select word from read.history_words where mark = $1 order by word', [mark])).map(({ word }) => word)
    expect(await wordsOf(film)).toEqual(['1927', 'mediator', 'metropolis', 'mkv', 'silent', 'the'])
    expect(await wordsOf(ada)).toEqual(['ada', 'l'])
    expect(await bench.sql.query(`select kind, name, owner from read.history_names where kind in ('device', 'user', 'item') order by kind`)).toEqual([
      { kind: 'device', name: 'Sofa', owner: ada },
      { kind: 'item', name: 'Métropolis', owner: NOBODY },
      { kind: 'user', name: 'Ada L.', owner: ada },
    ])
  })

  it('forgets what was a person’s own when they are erased, and nothing else', async () => {
    const before = [
      ...recording.record(`library-${library}`, LibraryAdded({ name: 'Films', kind: 'films', roots: [{ rootId: root, path: '/films' }] })),
      ...scanned(),
      ...recording.record(`user-${bob}`, UserAdded({ name: 'Bob', role: 'member', libraries: 'all' })),
    ]
    const theirs = [...recording.record(`user-${ada}`, UserAdded({ name: 'Ada', role: 'member', libraries: 'all' }), SignedIn({ device: sofa })), ...played()]
    const erased = recording.record(`erasure-${ada}`, UserErased({ userId: ada }))
    await bench.project(historyProjection, [...before, ...theirs, ...erased], [3])
    const left = await Promise.all([groups, marks, touches, callings, names].map(table => bench.rows<{ owner: string }>(historyProjection, table!)))
    for (const rows of left) expect(rows.filter(({ owner }) => owner === ada)).toEqual([])
    expect(await bench.sql.query('select type from read.history where owner = $1 or stream_id like $2', [ada, `%${ada}%`])).toEqual([{ type: 'UserErased' }])
    expect(await bench.sql.query('select count(*)::int as count from read.history')).toEqual([{ count: before.length + 1 }])
  })

  it('comes out the same however the events are cut into batches', async () => {
    const art = ArtworkChosen({ role: 'poster', source: { from: 'embedded', location: { rootId: root, relative: 'a' } }, width: 1, height: 1, thumbhash: '', colour: '#000000', contentHash: 'x' })
    const events = [
      ...scanned(), ...caused(recording.record(`item-${film}`, art)), ...played(),
      ...recording.record(`user-${ada}`, UserAdded({ name: 'Ada', role: 'member', libraries: 'all' }), SignedIn({ device: sofa })),
      ...recording.record(`erasure-${ada}`, UserErased({ userId: ada })), ...played(bob),
    ]
    const all = () => Promise.all(historyProjection.tables.map(table => bench.rows(historyProjection, table)))
    await bench.project(historyProjection, events)
    const whole = await all()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }), async sizes => {
        await bench.empty(historyProjection)
        await bench.project(historyProjection, events, sizes)
        expect(await all()).toEqual(whole)
      }),
      { numRuns: Number(process.env['ROUNDS'] ?? 15) },
    )
  })
})
