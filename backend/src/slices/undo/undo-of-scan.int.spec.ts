import { randomUUID } from 'node:crypto'
import type { LeftAsItIs, Undo } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import type { EventStore } from '../../platform/eventing/event-store.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Callers } from '../../platform/http/caller.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { IngestMedia, item, MoveMediaFile, RemoveMediaFile } from '../ingest/item.js'
import { scan, StartScan } from '../ingest/scan.js'
import { UndoBasis } from './undo-basis.js'
import { House } from '../../../test/undo-house.js'
import { UndoRunner } from './undo-job.js'

describe('what a scan did', () => {
  const count = 3300
  let house: House
  beforeAll(async () => {
    // Nobody works on undos here but the test itself.
    house = await House.open('api,projector')
  }, 60_000)
  afterAll(() => house.close())

  const runner = (store?: EventStore): UndoRunner => {
    const { app } = house.app
    const basis = app.get(UndoBasis)
    return new UndoRunner(
      store ? { sql: basis.sql, catalog: basis.catalog, kinds: basis.kinds, store } : basis,
      app.get(CommandRunner),
      app.get(Announcer),
      app.get(LiveBus),
      app.get(Callers),
      app.get(Logger),
    )
  }
  const ask = async (selection: UndoSelection): Promise<string> => {
    const answer = await house.post('/undos', { selection })
    expect(answer.status).toBe(202)
    return (answer.body as { id: string }).id
  }
  /** Fails at the n-th append, after half of it stands. */
  const breaking = (at: number): EventStore => {
    let appends = 0
    return new Proxy(house.app.parts.store, {
      get: (store, name) => {
        const member = Reflect.get(store, name) as unknown
        if (name !== 'appendMany') return typeof member === 'function' ? (member as () => unknown).bind(store) : member
        return async (batch: Parameters<EventStore['appendMany']>[0]) => {
          if (++appends !== at) return store.appendMany(batch)
          await store.appendMany(batch.slice(0, batch.length / 2))
          throw new Error('the process is gone')
        }
      },
    })
  }

  it('is taken back whole, once, though the process dies on the way, and is brought again', async () => {
    const scanId = await house.scanFinds(0, count)
    const { signal } = new AbortController()
    const undoId = await ask({ of: 'scan', scanId })
    await expect(runner(breaking(2)).run(undoId, signal)).rejects.toThrow('the process is gone')
    const halfway = await house.get<Undo>(`/undos/${undoId}`)
    expect(halfway).toMatchObject({ state: 'running', total: count, reverted: 2000, done: 2000 })
    await Promise.all([runner().run(undoId, signal), runner().run(undoId, signal)])
    await house.shown()
    expect(await house.get<Undo>(`/undos/${undoId}`)).toMatchObject({ state: 'done', reverted: count, unneeded: 0, conflicts: 0 })
    const streams = await house.app.parts.store.readMany(Array.from({ length: count }, (_, n) => `item-${house.itemId(n)}`))
    expect(new Set(streams.map(events => events.map(({ type }) => type).join(' ')))).toEqual(
      new Set(['MediaIngested MediaRestored']),
    )
    expect(streams[7]![1]!.metadata).toMatchObject({
      correlationId: undoId,
      causationId: streams[7]![0]!.id,
      actor: { kind: 'user' },
      reason: 'take back: Found by a scan',
    })
    expect((await house.get<{ total: number }>('/items/index?kind=film')).total).toBe(0)
    const redo = await ask({ of: 'cause', correlationId: undoId })
    await runner().run(redo, signal)
    await house.shown()
    expect((await house.get<{ total: number }>('/items/index?kind=film')).total).toBe(count)
  }, 120_000)

  it('is decided when it is done: what was changed since the preview stays, and is told', async () => {
    const scanId = await house.scanFinds(5000, 5010)
    expect((await house.preview({ of: 'scan', scanId })).tally).toEqual({ reverted: 10, unneeded: 0, conflicts: 0 })
    const undoId = await ask({ of: 'scan', scanId })
    await house.app.parts.runner.run(
      item,
      new MoveMediaFile({ itemId: house.itemId(5003), file: house.fileOf(5003, 'elsewhere.mkv') }, house.by(randomUUID())),
    )
    await runner().run(undoId, new AbortController().signal)
    await house.shown()
    expect(await house.get<Undo>(`/undos/${undoId}`)).toMatchObject({ state: 'done', reverted: 9, conflicts: 1 })
    const { left } = await house.get<{ left: LeftAsItIs[] }>(`/undos/${undoId}/conflicts`)
    expect(left).toMatchObject([
      { subject: { title: 'Film 5003' }, why: 'The file was moved since.', since: { type: 'MediaFileMoved', actorName: 'scan' } },
    ])
  }, 60_000)

  it('goes from item to item as the scan had it, and stays where the file went on since', async () => {
    await house.scanFinds(8000, 8002)
    const moves = async (from: number, to: number): Promise<string> => {
      const scanId = randomUUID()
      const media = { container: 'matroska', durationMs: 60_000, video: [], audio: [], subtitles: [] }
      await house.app.parts.runner.runMany(item, [
        new IngestMedia(
          {
            itemId: house.itemId(to),
            libraryId: house.library,
            kind: 'film',
            file: house.fileOf(8000),
            key: `film:${to}`,
            media,
            metadata: { title: `Film ${to}` },
            nfo: null,
            known: true,
          },
          house.by(scanId),
        ),
        new RemoveMediaFile({ itemId: house.itemId(from), fileId: house.fileOf(8000).fileId }, house.by(scanId)),
      ])
      await house.shown()
      return scanId
    }
    const there = await moves(8000, 8001)
    const on = await moves(8001, 8003)
    const { tally, left } = await house.preview({ of: 'scan', scanId: there })
    expect([tally, left.map(({ why, subject }) => [subject.id, why])]).toEqual([
      { reverted: 0, unneeded: 0, conflicts: 2 },
      [
        [house.itemId(8001), 'The file went away since.'],
        [house.itemId(8000), 'The file belongs to “Film 8003” now.'],
      ],
    ])
    for (const scanId of [on, there]) {
      expect((await house.preview({ of: 'scan', scanId })).tally).toEqual({ reverted: 2, unneeded: 0, conflicts: 0 })
      await runner().run(await ask({ of: 'scan', scanId }), new AbortController().signal)
      await house.shown()
    }
    expect(await house.get(`/items/${house.itemId(8000)}`)).toMatchObject({
      title: 'Film 8000',
      files: [{ id: house.fileOf(8000).fileId }],
    })
    expect(await house.get(`/items/${house.itemId(8001)}`)).toMatchObject({
      title: 'Film 8001',
      files: [{ id: house.fileOf(8001).fileId }],
    })
  }, 60_000)

  it('stays when whoever asked for it may do that no more', async () => {
    const other = await house.person('Eve')
    await house.app.call('PATCH', `/users/${other.id}`, { token: house.token, body: { role: 'admin' } })
    await house.shown()
    const answer = await house.post(
      '/undos',
      { selection: { of: 'scan', scanId: await house.scanFinds(7000, 7002) } },
      other.token,
    )
    const { id } = answer.body as { id: string }
    await house.app.call('PATCH', `/users/${other.id}`, { token: house.token, body: { role: 'member' } })
    await house.shown()
    await runner().run(id, new AbortController().signal)
    await house.shown()
    expect(await house.get<Undo>(`/undos/${id}`)).toMatchObject({ state: 'failed', reverted: 0, problem: 'You may not do this.' })
  }, 60_000)

  it('waits until the scan is over, and can be cancelled', async () => {
    const scanId = randomUUID()
    await house.app.parts.runner.run(
      scan,
      new StartScan({ scanId, libraryId: house.library, cause: 'requested' }, house.by(scanId)),
    )
    await house.shown()
    expect(await house.post('/undos', { selection: { of: 'scan', scanId } })).toMatchObject({
      status: 409,
      body: { code: 'scan-running' },
    })
    const undoId = await ask({ of: 'scan', scanId: await house.scanFinds(6000, 6003) })
    expect((await house.app.call('PATCH', `/undos/${undoId}`, { token: house.token, body: { action: 'cancel' } })).status).toBe(
      204,
    )
    await runner().run(undoId, new AbortController().signal)
    expect(await house.get<Undo>(`/undos/${undoId}`)).toMatchObject({ state: 'cancelled', reverted: 0 })
    expect(await house.get(`/items/${house.itemId(6001)}`)).toMatchObject({ title: 'Film 6001' })
  }, 60_000)
})
