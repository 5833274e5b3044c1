import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LeftAsItIs, Undo, UndoneSubject } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type TestApp } from '../../../test/app.js'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import type { EventStore } from '../../platform/eventing/event-store.js'
import { Callers } from '../../platform/http/caller.js'
import { uuidv5 } from '../../platform/ids.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { IngestMedia, item, MoveMediaFile, RemoveMediaFile } from '../ingest/item.js'
import { scan, StartScan, ChangeScan } from '../ingest/scan.js'
import { UndoBasis } from './undo-basis.js'
import { UndoRunner } from './undo-job.js'

interface Preview {
  total: number
  kinds: { type: string; count: number }[]
  tally: { reverted: number; unneeded: number; conflicts: number }
  subjects: UndoneSubject[]
  left: LeftAsItIs[]
  next: string | null
}
type Items = { items: { id: string; title: string }[] }

/** The program with a library whose folder is empty; what scans would find is recorded by hand. */
class House {
  private constructor(
    readonly app: TestApp,
    readonly token: string,
    readonly folder: string,
    readonly library: string,
    readonly rootId: string,
    private readonly working: boolean,
  ) {}

  static async open(roles?: string): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'projectionist-undo-'))
    const app = await startApp(roles)
    const token = await app.setUp()
    const { body } = await app.call('POST', '/libraries', { token, body: { name: 'Films', kind: 'films', folders: [folder] } })
    const libraries = await app.call('GET', '/libraries', {
      token,
      headers: { 'min-position': String(await app.parts.store.head()) },
    })
    const { id, scanId } = body as { id: string; scanId: string }
    const house = new House(
      app,
      token,
      folder,
      id,
      (libraries.body as { libraries: { roots: { id: string }[] }[] }).libraries[0]!.roots[0]!.id,
      roles === undefined,
    )
    if (house.working)
      await house.until(
        () => house.get<{ state: string }>(`/scans/${scanId}`),
        ({ state }) => state !== 'running',
      )
    return house
  }
  async close(): Promise<void> {
    await this.app.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  itemId = (n: number): string => uuidv5(this.library, `film ${n}`)
  fileOf = (n: number, relative = `${n}.mkv`) => ({
    fileId: uuidv5(this.library, `file ${n}`),
    location: { rootId: this.rootId, relative },
    sizeBytes: 1,
    modifiedMs: 1,
  })
  by = (scanId: string) => ({
    commandId: randomUUID(),
    actor: { kind: 'process' as const, name: 'scan' },
    reason: 'Found by a scan',
    correlationId: scanId,
    causationId: scanId,
  })

  /** What a scan records that finds these films, from its start to its end. */
  async scanFinds(from: number, to: number): Promise<string> {
    const scanId = randomUUID()
    const { runner } = this.app.parts
    // Where there is a worker, it would really look.
    if (!this.working)
      await runner.run(scan, new StartScan({ scanId, libraryId: this.library, cause: 'requested' }, this.by(scanId)))
    const media = { container: 'matroska', durationMs: 60_000, video: [], audio: [], subtitles: [] }
    await runner.runMany(
      item,
      Array.from({ length: to - from }, (_, index) => {
        const n = from + index
        return new IngestMedia(
          {
            itemId: this.itemId(n),
            libraryId: this.library,
            kind: 'film',
            file: this.fileOf(n),
            key: `film:${n}`,
            media,
            metadata: { title: `Film ${n}`, genres: ['Drama'] },
            nfo: null,
          },
          this.by(scanId),
        )
      }),
    )
    if (!this.working) await runner.run(scan, new ChangeScan({ scanId, action: 'cancel' }, this.by(scanId)))
    await this.shown()
    return scanId
  }
  /** Waits until everything in the log is in the read models. */
  async shown(): Promise<void> {
    const { announcer, store, projections } = this.app.parts
    await announcer.waitFor(
      projections.map(({ name }) => name),
      await store.head(),
      60_000,
    )
  }
  async get<T>(path: string, token = this.token): Promise<T> {
    return (await this.app.call('GET', path, { token, headers: { 'min-position': String(await this.app.parts.store.head()) } }))
      .body as T
  }
  post = (path: string, body: object, token = this.token): Promise<Answer> => this.app.call('POST', path, { token, body })
  preview = async (selection: UndoSelection, more: object = {}, token = this.token): Promise<Preview> =>
    (await this.post('/undos/preview', { selection, ...more }, token)).body as Preview
  async takeBack(selection: UndoSelection, token = this.token): Promise<Undo> {
    const { status, body } = await this.post('/undos', { selection }, token)
    expect(status).toBe(202)
    return this.ended((body as { id: string }).id, token)
  }
  async ended(id: string, token = this.token): Promise<Undo> {
    const undo = await this.until(
      () => this.get<Undo>(`/undos/${id}`, token),
      ({ state }) => state !== 'running',
    )
    await this.shown()
    return undo
  }
  /** Asks again whenever something was projected, until the answer is so. */
  async until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
    for (;;) {
      let wake = (): void => {}
      const woken = new Promise<void>(resolve => (wake = resolve))
      const deaf = this.app.parts.announcer.onChange(() => wake())
      const answer = await ask()
      if (!isSo(answer)) await woken
      deaf()
      if (isSo(answer)) return answer
    }
  }
  async person(name: string): Promise<{ token: string; id: string }> {
    const added = await this.post('/users', { name, password: 'somebody else entirely', libraries: 'all' })
    const { body } = await this.app.call('POST', '/auth/login', {
      body: { name, password: 'somebody else entirely', tokens: 'body', device: { id: `${name}-device`, name: 'Phone' } },
    })
    return { token: (body as { accessToken: string }).accessToken, id: (added.body as { id: string }).id }
  }
  titles = async (): Promise<string[]> =>
    (await this.get<Items>('/items?kind=film&sort=title&limit=500')).items.map(({ title }) => title)
}

describe('what a person did', () => {
  let house: House
  beforeAll(async () => {
    house = await House.open()
    await house.scanFinds(0, 10)
  }, 60_000)
  afterAll(() => house.close())

  const edit = async (items: number[], body: object): Promise<string> => {
    const answer = await house.post('/edits', { items: items.map(house.itemId), ...body })
    expect(answer.status).toBe(200)
    return (answer.body as { id: string }).id
  }
  const cause = (correlationId: string): UndoSelection => ({ of: 'cause', correlationId })

  it('is edited, previewed, taken back, and taken back again', async () => {
    const id = await edit([1], { fields: { title: 'One', year: 1999 } })
    const { fields } = await house.get<{ fields: Record<string, unknown> }>(`/items/${house.itemId(1)}/fields`)
    expect([fields['title'], fields['genres']]).toEqual([
      { value: 'One', edited: true, source: { name: 'file', value: 'Film 1' } },
      { value: ['Drama'], edited: false, source: { name: 'file', value: ['Drama'] } },
    ])
    expect(await house.preview(cause(id))).toEqual({
      kinds: [{ type: 'MetadataEdited', count: 1 }],
      total: 1,
      tally: { reverted: 1, unneeded: 0, conflicts: 0 },
      left: [],
      next: null,
      subjects: [
        {
          subject: { category: 'item', id: house.itemId(1), title: 'One', kind: 'film' },
          changes: [
            { field: 'title', from: 'One', to: 'Film 1' },
            { field: 'year', from: 1999 },
          ],
        },
      ],
    })
    expect(await house.titles()).toContain('One')
    const undo = await house.takeBack(cause(id))
    expect(undo).toMatchObject({ state: 'done', total: 1, done: 1, reverted: 1, unneeded: 0, conflicts: 0, takenBackBy: null })
    expect(await house.titles()).not.toContain('One')
    const redo = await house.takeBack(cause(undo.id))
    expect(redo).toMatchObject({ state: 'done', reverted: 1 })
    expect(await house.titles()).toContain('One')
    expect((await house.get<Undo>(`/undos/${undo.id}`)).takenBackBy).toBe(redo.id)
    expect(await house.takeBack(cause(undo.id))).toMatchObject({ reverted: 0, unneeded: 1 })
  }, 30_000)

  it('is taken back as far as nobody changed it since, and the rest is told', async () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    const id = await edit(all, { add: { tags: ['noir'], genres: ['Drama', 'Crime'] }, remove: { genres: ['Comedy'] } })
    expect(await house.get<{ genres: string[]; tags: string[] }>(`/items/${house.itemId(4)}`)).toMatchObject({
      genres: ['Drama', 'Crime'],
      tags: ['noir'],
    })
    await edit([2, 3], { fields: { tags: ['mine'], genres: [] } })
    const first = await house.preview(cause(id), { limit: 4 })
    expect([first.total, first.tally, first.subjects.length, first.left.length]).toEqual([
      10,
      { reverted: 2, unneeded: 0, conflicts: 2 },
      2,
      2,
    ])
    expect(first.left[0]).toMatchObject({
      why: 'The same was edited again since.',
      subject: { title: 'Film 2' },
      since: { type: 'MetadataEdited', actorName: 'Ada' },
    })
    const rest = await house.preview(cause(id), { cursor: first.next!, details: false })
    expect([rest.tally, rest.subjects, rest.next]).toEqual([{ reverted: 6, unneeded: 0, conflicts: 0 }, [], null])
    const undo = await house.takeBack(cause(id))
    expect(undo).toMatchObject({ state: 'done', reverted: 8, conflicts: 2 })
    const { left } = await house.get<{ left: LeftAsItIs[] }>(`/undos/${undo.id}/conflicts`)
    expect(left.map(one => [one.subject.title, one.why, one.since?.actorName])).toEqual([
      ['Film 2', 'The same was edited again since.', 'Ada'],
      ['Film 3', 'The same was edited again since.', 'Ada'],
    ])
    const tags = await Promise.all(all.map(async n => (await house.get<{ tags: string[] }>(`/items/${house.itemId(n)}`)).tags))
    expect(tags).toEqual(all.map(n => (n === 2 || n === 3 ? ['mine'] : [])))
  }, 30_000)

  it('is refused where it cannot stand, and passes over what is not there', async () => {
    const tries: [object, number, string][] = [
      [{ items: [house.itemId(1)], fields: { titel: 'x' } }, 400, 'invalid-request'],
      [{ items: [house.itemId(1)], fields: { year: 'soon' } }, 400, 'invalid-request'],
      [{ items: [], fields: { year: 1999 } }, 400, 'invalid-request'],
      [{ items: [house.itemId(1)], add: { genres: ['x'.repeat(300)] } }, 400, 'invalid-request'],
      [{ items: [randomUUID()], fields: { year: 1999 } }, 404, 'item-not-found'],
    ]
    for (const [body, status, code] of tries) expect(await house.post('/edits', body)).toMatchObject({ status, body: { code } })
    const some = await house.post('/edits', { items: [house.itemId(1), randomUUID()], fields: { rating: 7 } })
    expect(some.body).toMatchObject({ changed: 1, unchanged: 0, missing: 1 })
    const again = await house.post('/edits', { items: [house.itemId(1)], fields: { rating: 7 } })
    expect(again.body).toMatchObject({ changed: 0, unchanged: 1, missing: 0 })
    expect(await house.post('/undos', { selection: cause((again.body as { id: string }).id) })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-undo' },
    })
  })

  it('brings back a library with all that was in it', async () => {
    const before = await house.titles()
    const removed = await house.app.call('DELETE', `/libraries/${house.library}`, { token: house.token })
    expect([removed.status, await house.titles()]).toEqual([200, []])
    const selection = cause((removed.body as { id: string }).id)
    expect((await house.preview(selection)).subjects).toMatchObject([
      { subject: { category: 'library' }, changes: [{ field: 'folders' }, { field: 'kind' }, { field: 'name', to: 'Films' }] },
    ])
    expect(await house.takeBack(selection)).toMatchObject({ reverted: 1 })
    expect(await house.titles()).toEqual(before)
  }, 30_000)

  it('stays where a folder belongs to another library by now', async () => {
    await house.app.call('DELETE', `/libraries/${house.library}`, { token: house.token })
    await house.post('/libraries', { name: 'Others', kind: 'films', folders: [house.folder] })
    await house.shown()
    const [removal] = (await house.get<{ entries: { id: string }[] }>('/history?kind=LibraryRemoved')).entries
    const { tally, left } = await house.preview({ of: 'events', eventIds: [removal!.id] })
    expect(tally).toEqual({ reverted: 0, unneeded: 0, conflicts: 1 })
    expect(left[0]!.why).toBe(`The folder ${house.folder} belongs to the library “Others” now.`)
  }, 30_000)
})

describe('rights', () => {
  let house: House
  beforeAll(async () => {
    house = await House.open()
    await house.scanFinds(0, 3)
  }, 60_000)
  afterAll(() => house.close())

  it('end at what is one’s own: members take back nothing of libraries, and nobody what others marked', async () => {
    const member = await house.person('Bob')
    const { body } = await house.post('/edits', { items: [house.itemId(0)], fields: { title: 'Zero' } })
    const edited: UndoSelection = { of: 'cause', correlationId: (body as { id: string }).id }
    const refused = { status: 409, body: { code: 'nothing-to-undo' } }
    expect(await house.post('/undos', { selection: edited }, member.token)).toMatchObject(refused)
    expect(await house.post('/undos/preview', { selection: edited }, member.token)).toMatchObject(refused)
    expect(await house.post('/edits', { items: [house.itemId(0)], fields: { title: 'x' } }, member.token)).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    })
    await house.app.call('PUT', `/items/${house.itemId(0)}/watched`, { token: member.token, body: { watched: true } })
    await house.shown()
    const [mark] = (await house.get<{ entries: { id: string; correlationId: string }[] }>('/history?kind=MarkedWatched')).entries
    for (const selection of [
      { of: 'events', eventIds: [mark!.id] },
      { of: 'cause', correlationId: mark!.correlationId },
    ] as UndoSelection[])
      expect(await house.post('/undos', { selection })).toMatchObject(refused)
    const undo = await house.takeBack(edited)
    expect(await house.app.call('GET', `/undos/${undo.id}`, { token: member.token })).toMatchObject({
      status: 404,
      body: { code: 'undo-not-found' },
    })
    expect(await house.app.call('PATCH', `/undos/${undo.id}`, { token: house.token, body: { action: 'cancel' } })).toMatchObject({
      status: 409,
      body: { code: 'undo-not-running' },
    })
    expect(await house.app.call('GET', `/undos/${undo.id}`, {})).toMatchObject({ status: 401 })
  }, 30_000)
})

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
