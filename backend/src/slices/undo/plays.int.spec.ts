import { randomUUID } from 'node:crypto'
import {
  ItemRated,
  MarkedUnwatched,
  PlaybackCompleted,
  PlaybackProgressed,
  PlaybackStarted,
  type PlaybackEvent,
} from '@projectionist/shared/events/playback'
import { MediaIngested } from '@projectionist/shared/events/item'
import type { EventOf } from '@projectionist/shared/events/event'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { anyDecider, type Decider } from '../../platform/eventing/decider.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { StreamKinds } from '../../platform/eventing/stream-kinds.js'
import { Callers, type Caller } from '../../platform/http/caller.js'
import { ItemSummaries } from '../../platform/item-summaries.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { Logger } from '../../platform/telemetry/logger.js'
import type { UndoParts } from './decisions.js'
import { played } from './played.js'
import { preview } from './preview.js'
import { mayTakeBack } from './rights.js'
import { RequestUndo, undo } from './undo.js'
import { UndoBasis } from './undo-basis.js'
import { UndoRunner } from './undo-job.js'
import { findUndo } from './undo-rows.js'

const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
const library = randomUUID()
const films = [randomUUID(), randomUUID(), randomUUID()] as const

/** Rules with which a play is taken back as a whole, by the first of its events: stands for those of the slice that plays. */
const forgetting: Decider<{ readonly gone: boolean }, never, PlaybackEvent> = {
  category: 'playback',
  streamId: () => '',
  initial: { gone: false },
  decide: () => [],
  evolve: (state, { type }) => (type === 'MarkedUnwatched' ? { gone: true } : state),
  reverts: Object.fromEntries(
    ['PlaybackStarted', 'PlaybackProgressed', 'PlaybackCompleted', 'ItemRated'].map(type => [
      type,
      (_: unknown, { gone }: { gone: boolean }) => (gone ? [] : [MarkedUnwatched(clock)]),
    ]),
  ),
}

describe('what a person played', () => {
  let app: TestApp
  let parts: UndoParts
  let person: Caller
  let other: Caller
  beforeAll(async () => {
    app = await startApp('api,projector')
    const token = await app.setUp()
    const me = (await app.call('GET', '/me', { token })).body as { id: string }
    other = { userId: me.id, name: 'Ada', role: 'admin', libraries: 'all', deviceId: 'x' }
    const added = await app.call('POST', '/users', { token, body: { name: 'Bob', password: 'somebody else entirely' } })
    person = { userId: (added.body as { id: string }).id, name: 'Bob', role: 'member', libraries: 'all', deviceId: 'y' }
    const basis = app.app.get(UndoBasis)
    parts = {
      sql: basis.sql,
      store: basis.store,
      catalog: basis.catalog,
      kinds: new StreamKinds([anyDecider(forgetting), ...basis.kinds.deciders], basis.kinds.portraits),
    }
    for (const [n, film] of films.entries())
      await happens(
        `item-${film}`,
        '2026-01-01T00:00:00.000Z',
        MediaIngested({
          libraryId: library,
          kind: 'film',
          file: { fileId: randomUUID(), location: { rootId: library, relative: `${n}` }, sizeBytes: 1, modifiedMs: 1 },
          media: { container: 'mp4', video: [], audio: [], subtitles: [] },
          metadata: { title: `Film ${n}` },
        }),
      )
    // On Saturday the first film, on Sunday it again and the second; somebody else on Sunday the third.
    await plays(person.userId, films[0], '2026-01-03T20:00:00.000Z', false)
    await plays(person.userId, films[0], '2026-01-04T10:00:00.000Z', true)
    await plays(person.userId, films[1], '2026-01-04T12:00:00.000Z', false)
    await happens(`playback-${person.userId}.${films[1]}`, '2026-01-04T12:30:00.000Z', ItemRated({ rating: 3, ...clock }))
    await plays(other.userId, films[2], '2026-01-04T15:00:00.000Z', true)
    await shown()
  }, 120_000)
  afterAll(() => app.close())

  async function happens(streamId: string, time: string, ...events: EventOf[]): Promise<void> {
    const { store, catalog } = app.parts
    const before = await store.read(streamId)
    const commandId = randomUUID()
    await store.append({
      streamId,
      expected: before.at(-1)?.revision ?? 'no-stream',
      events: events.map(event => ({
        ...event,
        id: randomUUID(),
        metadata: {
          version: catalog.check(event).version,
          commandId,
          correlationId: commandId,
          causationId: commandId,
          actor: { kind: 'process', name: 'test' },
          reason: 'test',
          time,
        },
      })),
    })
  }
  async function plays(userId: string, itemId: string, time: string, toTheEnd: boolean): Promise<void> {
    const at = { playId: randomUUID(), positionMs: 1000, durationMs: 2000 }
    await happens(
      `playback-${userId}.${itemId}`,
      time,
      PlaybackStarted({ ...at, libraryId: library, fileId: randomUUID(), method: 'direct', device: { id: 'tv', name: 'TV' } }),
      PlaybackProgressed({ ...at, cause: 'minute', ...clock }),
      ...(toTheEnd ? [PlaybackCompleted({ ...at, ...clock })] : []),
    )
  }
  async function shown(): Promise<void> {
    const { announcer, store, projections } = app.parts
    await announcer.waitFor(
      projections.map(({ name }) => name),
      await store.head(),
      60_000,
    )
  }
  const sunday: UndoSelection & { of: 'plays' } = {
    of: 'plays',
    from: '2026-01-04T00:00:00.000Z',
    to: '2026-01-05T00:00:00.000Z',
  }

  it('is listed by title, as far as it was in that time', async () => {
    const list = await played(parts, app.app.get(ItemSummaries), person, sunday.from, sunday.to)
    expect(list.played.map(one => [one.item?.title, one.firstAt, one.finished])).toEqual([
      ['Film 1', '2026-01-04T12:00:00.000Z', false],
      ['Film 0', '2026-01-04T10:00:00.000Z', true],
    ])
    expect(list.more).toBe(false)
  })

  it('is previewed for that person alone, without marks and ratings', async () => {
    const { kinds, subjects, tally } = await preview(parts, person, { selection: sunday, limit: 100, details: true })
    expect(new Map(kinds.map(({ type, count }) => [type, count]))).toEqual(
      new Map([
        ['PlaybackStarted', 2],
        ['PlaybackProgressed', 2],
        ['PlaybackCompleted', 1],
      ]),
    )
    expect([subjects.map(({ subject }) => subject.title), tally]).toEqual([
      ['Film 0', 'Film 1'],
      { reverted: 2, unneeded: 3, conflicts: 0 },
    ])
    const theirs = await preview(parts, other, { selection: sunday, limit: 100, details: true })
    expect(theirs.subjects.map(({ subject }) => subject.title)).toEqual(['Film 2'])
  })

  it('is forgotten, of those items that were picked, by an undo that is theirs alone', async () => {
    const selection = { ...sunday, items: [films[1]] }
    expect((await mayTakeBack(parts, selection, person)).personal).toBe(person.userId)
    const undoId = randomUUID()
    const by = {
      commandId: randomUUID(),
      actor: { kind: 'user' as const, userId: person.userId, deviceId: 'y' },
      reason: 'take something back',
      correlationId: undoId,
      causationId: undoId,
    }
    await app.parts.runner.run(undo, new RequestUndo({ undoId, personal: person.userId, selection, events: 2 }, by))
    await shown()
    const { app: nest } = app
    const runner = new UndoRunner(
      parts,
      nest.get(CommandRunner),
      nest.get(Announcer),
      nest.get(LiveBus),
      nest.get(Callers),
      nest.get(Logger),
    )
    await runner.run(undoId, new AbortController().signal)
    await shown()
    expect(await findUndo(parts.sql, undoId)).toMatchObject({
      state: 'done',
      personal: true,
      reverted: 1,
      unneeded: 1,
      conflicts: 0,
    })
    const [first, second] = await app.parts.store.readMany([
      `playback-${person.userId}.${films[0]}`,
      `playback-${person.userId}.${films[1]}`,
    ])
    expect([first!.length, second!.at(-1)!.type, second!.at(-1)!.metadata.actor]).toEqual([
      5,
      'MarkedUnwatched',
      { kind: 'user', userId: person.userId, deviceId: 'y' },
    ])
    expect((await app.parts.store.read(`undo-${person.userId}.${undoId}`)).map(({ type }) => type)).toEqual([
      'UndoRequested',
      'UndoCompleted',
    ])
    expect(
      (await played(parts, app.app.get(ItemSummaries), person, sunday.from, sunday.to)).played.map(({ item }) => item?.title),
    ).toEqual(['Film 0'])
    await expect(mayTakeBack(parts, { of: 'cause', correlationId: undoId }, other)).rejects.toMatchObject({
      code: 'nothing-to-undo',
    })
  }, 60_000)
})
