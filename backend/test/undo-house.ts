import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LeftAsItIs, Undo, UndoneSubject } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { expect } from 'vitest'
import { startApp, type Answer, type TestApp } from './app.js'
import { uuidv5 } from '../src/platform/ids.js'
import { IngestMedia, item } from '../src/slices/ingest/item.js'
import { ChangeScan, scan, StartScan } from '../src/slices/ingest/scan.js'

export interface Preview {
  total: number
  kinds: { type: string; count: number }[]
  tally: { reverted: number; unneeded: number; conflicts: number }
  subjects: UndoneSubject[]
  left: LeftAsItIs[]
  next: string | null
}
type Items = { items: { id: string; title: string }[] }

/** The program with a library whose folder is empty; what scans would find is recorded by hand. */
export class House {
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
