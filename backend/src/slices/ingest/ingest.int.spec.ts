import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import { ffmpeg } from '../../../test/ffmpeg.js'

const run = promisify(execFile)

type Items = { items: { id: string; title: string; pictures: Record<string, { url: string }>; available: boolean }[] }
interface Scan {
  id: string
  state: string
  found: number
  failed: number
  added: number
  changed: number
  moved: number
  removed: number
}

describe('ingest, from a folder to the catalogue', () => {
  let app: TestApp
  let token: string
  let folder: string
  let library: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'projectionist-films-'))
    app = await startApp()
    token = await app.setUp()
  }, 60_000)
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })

  const film = async (path: string, seconds: number): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    const sources = ['-f', 'lavfi', '-i', `testsrc2=s=320x180:r=24:d=${seconds}`, '-f', 'lavfi', '-i', `sine=d=${seconds}`]
    await run(ffmpeg, ['-v', 'error', '-y', ...sources, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', join(folder, path)])
  }
  /** Waits, by what the program announces, until the condition holds. */
  async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      let wake = (): void => {}
      const woken = new Promise<void>(resolve => (wake = resolve))
      const deaf = app.parts.announcer.onChange(() => wake())
      const answer = await ask()
      if (answer !== undefined) return deaf(), answer
      await woken
      deaf()
    }
  }
  const get = async <T>(path: string): Promise<T> => {
    const head = String(await app.parts.store.head())
    return (await app.call('GET', path, { token, headers: { 'min-position': head } })).body as T
  }
  const ended = (id: string): Promise<Scan> => until(async () => {
    const scan = await get<Scan>(`/scans/${id}`)
    return scan.state === 'running' ? undefined : scan
  })
  const rescan = async (): Promise<Scan> => ended(((await app.call('POST', `/libraries/${library}/scans`, { token })).body as { id: string }).id)
  const films = async (): Promise<Items['items']> => (await get<Items>('/items?kind=film')).items

  it('takes in what is there and tells what it could not take', async () => {
    await film('Brazil (1985)/Brazil (1985).mp4', 3)
    await film('Alien (1979).mkv', 2)
    await writeFile(join(folder, 'empty.mkv'), '')
    await writeFile(join(folder, 'no film.mp4'), 'just words')
    const { body, status } = await app.call('POST', '/libraries', { token, body: { name: 'Films', kind: 'films', folders: [folder] } })
    expect(status).toBe(201)
    const { id, scanId } = body as { id: string; scanId: string }
    library = id
    expect(await ended(scanId)).toMatchObject({ state: 'done', found: 4, added: 2, failed: 2, changed: 0, removed: 0 })
    expect((await films()).map(({ title }) => title)).toEqual(['Alien', 'Brazil'])
    const { problems } = await get<{ problems: { path: string; code: string }[] }>(`/scans/${scanId}/problems`)
    expect(new Map(problems.map(({ path, code }) => [path, code]))).toEqual(new Map([[join(folder, 'empty.mkv'), 'empty'], [join(folder, 'no film.mp4'), 'not-media']]))
  }, 60_000)

  it('finds a picture of each, and serves it in sizes to whoever was given its address', async () => {
    const [alien] = await until(async () => {
      const all = await films()
      return all.every(({ pictures }) => pictures['backdrop']) ? all : undefined
    })
    const { url } = alien!.pictures['backdrop']!
    const small = await app.app.inject({ url: `${url}?w=160` })
    expect([small.statusCode, small.headers['content-type'], small.headers['cache-control']]).toEqual([200, 'image/webp', 'private, max-age=31536000, immutable'])
    expect((await app.app.inject({ url: `${url}?w=160`, headers: { 'if-none-match': String(small.headers['etag']) } })).statusCode).toBe(304)
    expect((await app.app.inject({ url: `${url}?w=161` })).statusCode).toBe(404)
    expect((await app.app.inject({ url: `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}?w=160` })).statusCode).toBe(404)
  }, 60_000)

  it('is one chain in the history, from the library to the pictures', async () => {
    const { groups } = await get<{ groups: { id: string; counts: Record<string, number>; story: object }[] }>(`/history/groups?library=${library}`)
    expect(groups).toHaveLength(1)
    expect(groups[0]).toMatchObject({
      counts: { LibraryAdded: 1, ScanStarted: 1, MediaIngested: 2, ScanProblemsFound: 1, ScanCompleted: 1, ArtworkChosen: 2 },
      story: { scan: { state: 'done', added: 2, failed: 2 } },
    })
    const { entries } = await get<{ entries: { id: string }[] }>(`/history?group=${groups[0]!.id}&kind=ArtworkChosen`)
    const { because } = await get<{ because: { type: string }[] }>(`/history/${entries[0]!.id}`)
    expect(because.map(({ type }) => type)).toEqual(['MediaIngested', 'ScanStarted', 'LibraryAdded'])
  }, 60_000)

  it('keeps an item that is renamed, and passes over what has not changed', async () => {
    const before = await films()
    await mkdir(join(folder, 'Sci-fi'))
    await rename(join(folder, 'Alien (1979).mkv'), join(folder, 'Sci-fi/Alien (1979) Directors Cut.mkv'))
    expect(await rescan()).toMatchObject({ state: 'done', moved: 1, added: 0, changed: 0, removed: 0 })
    expect((await films()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(await rescan()).toMatchObject({ state: 'done', moved: 0, added: 0, changed: 0, removed: 0 })
  }, 60_000)

  it('keeps everything when the disk goes away, and says so', async () => {
    await rename(folder, `${folder}-away`)
    expect(await rescan()).toMatchObject({ state: 'done', removed: 0 })
    const { libraries } = await get<{ libraries: { roots: { lost: string | null }[] }[] }>('/libraries')
    expect(libraries[0]!.roots).toMatchObject([{ lost: 'missing' }])
    expect((await films()).map(({ available }) => available)).toEqual([false, false])
    await mkdir(folder)
    expect(await rescan()).toMatchObject({ state: 'done', removed: 0 })
    await rm(folder, { recursive: true })
    await rename(`${folder}-away`, folder)
    expect(await rescan()).toMatchObject({ state: 'done', removed: 0, added: 0 })
    expect((await films()).map(({ available }) => available)).toEqual([true, true])
  }, 60_000)

  it('drops what is gone, and knows it again when it comes back', async () => {
    const [alien] = await films()
    await rename(join(folder, 'Sci-fi'), `${folder}-kept`)
    expect(await rescan()).toMatchObject({ removed: 1 })
    expect((await films()).map(({ title }) => title)).toEqual(['Brazil'])
    await rename(`${folder}-kept`, join(folder, 'Sci-fi'))
    expect(await rescan()).toMatchObject({ added: 1 })
    expect((await films()).map(({ id }) => id)).toContain(alien!.id)
  }, 60_000)

  it('refuses folders that are not there, or belong to a library', async () => {
    const add = (path: string) => app.call('POST', '/libraries', { token, body: { name: 'More', kind: 'films', folders: [path] } })
    expect((await add(join(folder, 'nowhere'))).body).toMatchObject({ code: 'folder-not-found' })
    expect((await add(join(folder, 'empty.mkv'))).body).toMatchObject({ code: 'folder-not-found' })
    expect((await add(join(folder, 'Sci-fi'))).body).toMatchObject({ code: 'folder-overlaps' })
    expect((await add(tmpdir())).body).toMatchObject({ code: 'folder-overlaps' })
    expect((await add(`${folder}/Sci-fi/../../x\0`)).body).toMatchObject({ code: 'invalid-request' })
  })
})
