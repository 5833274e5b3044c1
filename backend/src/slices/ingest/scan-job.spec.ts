import type { ItemEvent } from '@projectionist/shared/events/item'
import type { LibraryKind } from '@projectionist/shared/events/media'
import type { ScanProblem } from '@projectionist/shared/events/scan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRelative, folderOf } from '../../platform/media/file-location.js'
import type { Nfo } from '../../platform/media/probing.js'
import { itemIdOf } from './identity.js'
import type { KnownFile } from './ingest-batch.js'
import { item, type ItemState } from './item.js'
import { runScan, type ScanOutcome, type ScanPorts } from './scan-job.js'
import { RootLost, type Found } from './walk.js'

const libraryId = '01010101-0000-4000-8000-000000000001'
const cause = { correlationId: libraryId, causationId: libraryId }
const rootIds = ['02020202-0000-4000-8000-000000000001', '02020202-0000-4000-8000-000000000002'] as const

interface File {
  /** What is in it: the fingerprint. */
  readonly content: string
  readonly modifiedMs: number
  readonly title?: string
  readonly nfo?: string
  readonly broken?: boolean
  readonly short?: boolean
}
/** A disk: roots by id, their files by relative path; `away` is a root that cannot be read. */
class Disk {
  readonly roots = new Map<string, Map<string, File>>(rootIds.map(id => [id, new Map()]))
  readonly away = new Set<string>()
  readonly closed = new Set<string>()
  clock = 1
  files(root: number): Map<string, File> {
    return this.roots.get(rootIds[root]!)!
  }
  put(root: number, path: string, content: string, more: Partial<File> = {}): void {
    this.files(root).set(path, { content, modifiedMs: this.clock++, ...more })
  }
}

/** What the log and read models would hold: every item's stream, folded by the real decider. */
class Catalogue {
  readonly streams = new Map<string, ItemState>()
  readonly done = new Set<string>()
  readonly events: ItemEvent[] = []
  readonly problems: ScanProblem[] = []
  readonly lost = new Map<string, string | undefined>()
  readonly gone = new Map<string, KnownFile>()

  present(): KnownFile[] {
    return [...this.streams].flatMap(([itemId, { files }]) => [...files.values()].map(({ file }) => ({ itemId, file })))
  }

  ports(disk: Disk, options: { stopAfter?: number; crashAfter?: number } = {}): ScanPorts {
    let batches = 0
    return {
      walk: root => walkOf(disk, root.rootId),
      knownFiles: rootId => iterate(this.present().filter(({ file }) => file.location.rootId === rootId).sort((a, b) => compareRelative(a.file.location.relative, b.file.location.relative))),
      lookUp: async (_, { fileIds, keys }) => {
        const present = new Map(this.present().map(known => [known.file.fileId, known]))
        const byFileId = new Map(fileIds.flatMap(id => (present.has(id) ? [[id, present.get(id)!]] : this.gone.has(id) ? [[id, { ...this.gone.get(id)!, gone: true }]] : []) as [string, KnownFile][]))
        const keyOf = (state: ItemState): string => [...state.files.values()].at(-1)!.key!
        const live = [...this.streams].filter(([, { files }]) => files.size > 0)
        const itemByKey = new Map(live.filter(([, state]) => keys.includes(keyOf(state))).map(([id, state]) => [keyOf(state), id]))
        const wanted = new Set([...itemByKey.values(), ...[...byFileId.values()].map(({ itemId }) => itemId), ...keys.map(key => itemIdOf(libraryId, key))])
        const items = new Map(live.filter(([id]) => wanted.has(id)).map(([id, state]) => [id, { key: keyOf(state), fileIds: [...state.files.keys()] }]))
        return { byFileId, itemByKey, items }
      },
      inPlace: async ({ location, sizeBytes, modifiedMs }) => {
        if (disk.away.has(location.rootId)) return true
        const file = disk.roots.get(location.rootId)!.get(location.relative)
        return file !== undefined && file.content.length === sizeBytes && file.modifiedMs === modifiedMs
      },
      probe: async ({ path }) => {
        const [, root, ...names] = Buffer.from(path).toString().split('/')
        const file = disk.roots.get(root!)?.get(names.join('/'))
        if (!file) return { outcome: 'failed', code: 'vanished', detail: 'gone' }
        if (file.broken) return { outcome: 'failed', code: 'damaged', detail: 'broken' }
        return {
          outcome: 'probed', sizeBytes: file.content.length, modifiedMs: file.modifiedMs, fingerprint: file.content,
          media: { container: 'matroska', video: [], audio: [], subtitles: [] }, tags: file.title === undefined ? {} : { title: file.title },
          ...(file.short && { incomplete: '40% of it is missing' }),
        }
      },
      readNfo: async path => {
        const [, root, ...names] = Buffer.from(path).toString().split('/')
        const nfo = disk.roots.get(root!)!.get(names.join('/').replace(/\.nfo$/, '.mkv'))?.nfo
        return nfo === undefined ? undefined : ({ kind: 'film', metadata: { overview: nfo } } satisfies Nfo)
      },
      run: async commands => {
        if (options.crashAfter !== undefined && batches++ >= options.crashAfter) throw new Error('crash')
        for (const command of commands) {
          if (this.done.has(command.by.commandId)) continue
          const { itemId } = command.data
          const state = this.streams.get(itemId) ?? item.initial
          const events = item.decide(command, state, { now: new Date(0) })
          if (events.length > 0) this.done.add(command.by.commandId)
          for (const event of events) {
            if (event.type === 'MediaFileRemoved') this.gone.set(event.data.fileId, { itemId, file: state.files.get(event.data.fileId)!.file })
          }
          this.events.push(...events)
          this.streams.set(itemId, events.reduce(item.evolve, state))
        }
      },
      report: async command => void this.problems.push(...command.data.problems),
      noteRoot: async (rootId, lost) => void this.lost.set(rootId, lost),
      progress: () => undefined,
      wanted: async () => (options.stopAfter !== undefined && batches++ >= options.stopAfter ? 'stop' : 'go-on'),
    }
  }

  async scan(disk: Disk, kind: LibraryKind = 'films', options: { stopAfter?: number; crashAfter?: number; batch?: number } = {}): Promise<ScanOutcome> {
    const scanId = `05050505-0000-4000-8000-${String(scans++).padStart(12, '0')}`
    const roots = rootIds.map(rootId => ({ rootId, path: `/${rootId}` }))
    return runScan({ scanId, cause: { correlationId: scanId, causationId: scanId }, libraryId, kind, roots, batch: options.batch ?? 100 }, this.ports(disk, options), new AbortController().signal)
  }

  /**
   * What a person sees, whatever the ids: the works, their files by place, their names, what NFO files say. Without files
   * that broke in place: these keep their items until they are gone, for what was seen in them is not unseen.
   */
  shown(disk: Disk): unknown {
    const broken = rootIds.some(rootId => [...disk.roots.get(rootId)!.values()].some(file => file.broken))
    const place = ({ location }: KnownFile['file']): string => `${location.rootId}/${location.relative}`
    return [...this.streams.values()]
      .map(({ files, matched }) => ({
        files: [...files.values()]
          .filter(({ file }) => !disk.roots.get(file.location.rootId)!.get(file.location.relative)?.broken)
          .map(({ file: { fileId: _, ...file }, metadata, key, edition }) => ({ file, metadata, edition, key: key!.startsWith('file:') ? 'file' : key }))
          .sort((a, b) => compareRelative(place(a.file as KnownFile['file']), place(b.file as KnownFile['file']))),
        // With several NFO files for one work any may have the word.
        said: files.size > 1 || broken ? 'anything' : (matched.get('nfo')?.metadata.overview ?? null),
      }))
      .filter(({ files }) => files.length > 0)
      .sort((a, b) => compareRelative(JSON.stringify(a.files), JSON.stringify(b.files)))
  }
}
let scans = 1

async function* iterate<T>(values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) yield value
}
async function* walkOf(disk: Disk, rootId: string): AsyncGenerator<Found, void> {
  if (disk.away.has(rootId)) throw new RootLost('missing')
  const files = [...disk.roots.get(rootId)!].sort(([a], [b]) => compareRelative(a, b))
  for (const folder of disk.closed) yield { found: 'problem', problem: { rootId, relative: folder, code: 'unreadable' }, unwalked: true }
  for (const [relative, { content, modifiedMs, nfo }] of files) {
    if (disk.closed.has(folderOf(relative))) continue
    const beside = { subtitles: [], nfos: nfo === undefined ? [] : [relative.replace(/\.mkv$/, '.nfo')], stamp: nfo === undefined ? '' : `n${nfo}` }
    yield { found: 'file', file: { relative, type: 'video', sizeBytes: content.length, modifiedMs, beside } }
  }
  yield { found: 'end', files: files.length }
}

const kinds = (events: readonly ItemEvent[]): string[] => events.map(({ type }) => type)
async function scanned(disk: Disk): Promise<Catalogue> {
  const catalogue = new Catalogue()
  await catalogue.scan(disk)
  return catalogue
}

describe('a scan', () => {
  it('takes a file that another run has recorded meanwhile for itself, not for a copy', async () => {
    const [disk, catalogue] = [new Disk(), new Catalogue()]
    disk.put(0, 'One (2001)/One (2001).mkv', 'one')
    disk.put(0, 'Two (2002)/Two (2002).mkv', 'two')
    await catalogue.scan(disk)
    const before = catalogue.present()
    // What is known of places was read before the other run recorded them.
    const late: ScanPorts = { ...catalogue.ports(disk), knownFiles: () => iterate([]) }
    const roots = rootIds.map(rootId => ({ rootId, path: `/${rootId}` }))
    await runScan({ scanId: '05050505-0000-4000-8000-0000000fffff', cause, libraryId, kind: 'films', roots }, late, new AbortController().signal)
    expect(catalogue.present()).toEqual(before)
  })

  it('takes in what is new, once', async () => {
    const disk = new Disk()
    disk.put(0, 'Heat (1995)/Heat (1995).mkv', 'heat')
    disk.put(0, 'broken.mkv', 'b', { broken: true })
    const catalogue = await scanned(disk)
    expect(kinds(catalogue.events)).toEqual(['MediaIngested'])
    expect(catalogue.problems).toEqual([{ rootId: rootIds[0], relative: 'broken.mkv', code: 'damaged', detail: 'broken' }])
    expect(await catalogue.scan(disk)).toMatchObject({ outcome: 'completed', counts: { found: 2, added: 0, changed: 0, failed: 1 } })
    expect(catalogue.events).toHaveLength(1)
  })

  it('takes in a file that is not whole, tells of it, and looks again when it has grown', async () => {
    const disk = new Disk()
    disk.put(0, 'Heat (1995).mkv', 'he', { short: true })
    const catalogue = await scanned(disk)
    expect(catalogue.problems).toEqual([{ rootId: rootIds[0], relative: 'Heat (1995).mkv', code: 'incomplete', detail: '40% of it is missing' }])
    const [id] = catalogue.streams.keys()
    disk.put(0, 'Heat (1995).mkv', 'heat')
    expect(await catalogue.scan(disk)).toMatchObject({ outcome: 'completed', counts: { found: 1, added: 0, changed: 1, failed: 0 } })
    expect([...catalogue.streams.keys()]).toEqual([id])
  })

  it('keeps the item of a file that is moved, renamed or replaced', async () => {
    const disk = new Disk()
    disk.put(0, 'Heat (1995).mkv', 'heat')
    const catalogue = await scanned(disk)
    const [id] = catalogue.streams.keys()
    const file = disk.files(0).get('Heat (1995).mkv')!
    disk.files(0).clear()
    disk.files(1).set('Crime/Heat (1995).mkv', file)
    expect(await catalogue.scan(disk)).toMatchObject({ counts: { moved: 1, removed: 0 } })
    disk.files(1).clear()
    disk.files(1).set('Ronin (1998).mkv', file)
    await catalogue.scan(disk)
    disk.put(1, 'Ronin (1998).mkv', 'ronin in better quality')
    expect(await catalogue.scan(disk)).toMatchObject({ counts: { changed: 1, added: 0, removed: 0 } })
    expect([...catalogue.streams.keys()]).toEqual([id])
    expect(kinds(catalogue.events)).toEqual(['MediaIngested', 'MediaFileMoved', 'MediaIngested', 'MediaIngested'])
    expect(catalogue.streams.get(id!)!.files.size).toBe(1)
  })

  it('gives an item back its file and history when the file comes back', async () => {
    const disk = new Disk()
    disk.put(0, 'a/Heat (1995).mkv', 'heat')
    disk.put(0, 'b.mkv', 'b')
    const catalogue = await scanned(disk)
    disk.files(0).delete('a/Heat (1995).mkv')
    expect(await catalogue.scan(disk)).toMatchObject({ counts: { removed: 1 } })
    disk.put(0, 'Another Name (2001).mkv', 'heat')
    await catalogue.scan(disk)
    expect(catalogue.streams.size).toBe(2)
    expect(catalogue.streams.get(itemIdOf(libraryId, 'film:heat:1995'))!.files.size).toBe(1)
  })

  it('makes versions of one work one item, and parts them when renamed', async () => {
    const disk = new Disk()
    disk.put(0, 'Heat (1995)/Heat (1995).mkv', 'heat')
    disk.put(1, 'Heat.1995.2160p.mkv', 'heat in 4K')
    const catalogue = await scanned(disk)
    expect(catalogue.streams.size).toBe(1)
    const file = disk.files(1).get('Heat.1995.2160p.mkv')!
    disk.files(1).clear()
    disk.files(1).set('Ronin.1998.2160p.mkv', file)
    await catalogue.scan(disk)
    expect([...catalogue.streams.values()].map(({ files }) => files.size)).toEqual([1, 1])
  })

  it('keeps a file that made room for another', async () => {
    for (const batch of [1, 100]) {
      const disk = new Disk()
      disk.put(0, 'z/Heat (1995).mkv', 'heat')
      const catalogue = await scanned(disk)
      disk.files(0).set('a/Heat (1995).mkv', disk.files(0).get('z/Heat (1995).mkv')!)
      disk.put(0, 'z/Heat (1995).mkv', 'heat, in colour')
      await catalogue.scan(disk, 'films', { batch })
      expect(catalogue.present().map(({ file }) => file.location.relative).sort()).toEqual(['a/Heat (1995).mkv', 'z/Heat (1995).mkv'])
      expect(catalogue.streams.size).toBe(1)
    }
  })

  it('makes a new item for a name whose first bearer was renamed', async () => {
    const disk = new Disk()
    disk.put(0, 'Heat (1995).mkv', 'ronin')
    const catalogue = await scanned(disk)
    disk.files(0).set('Ronin (1998).mkv', disk.files(0).get('Heat (1995).mkv')!)
    disk.files(0).delete('Heat (1995).mkv')
    await catalogue.scan(disk)
    disk.put(0, 'Heat (1995).mkv', 'heat')
    await catalogue.scan(disk)
    expect([...catalogue.streams.values()].map(({ files }) => [...files.values()].map(({ key }) => key))).toEqual([['film:ronin:1998'], ['film:heat:1995']])
  })

  it('keeps two files with the same content apart', async () => {
    const disk = new Disk()
    disk.put(0, 'a/Clip.mkv', 'same')
    disk.put(0, 'b/Clip.mkv', 'same')
    const catalogue = new Catalogue()
    await catalogue.scan(disk, 'home-videos')
    expect(catalogue.present()).toHaveLength(2)
    const before = catalogue.events.length
    await catalogue.scan(disk, 'home-videos')
    expect(catalogue.events).toHaveLength(before)
  })

  it('removes nothing from a root that is away or suddenly empty, or a folder it may not read', async () => {
    const disk = new Disk()
    for (const path of ['x/a.mkv', 'x/b.mkv', 'y/c.mkv']) disk.put(0, path, path)
    const catalogue = await scanned(disk)
    disk.away.add(rootIds[0])
    expect(await catalogue.scan(disk)).toMatchObject({ outcome: 'completed', counts: { removed: 0 } })
    expect(catalogue.lost.get(rootIds[0])).toBe('missing')
    disk.away.clear()
    const kept = new Map(disk.files(0))
    disk.files(0).clear()
    expect(await catalogue.scan(disk)).toMatchObject({ counts: { removed: 0 } })
    expect(catalogue.lost.get(rootIds[0])).toBe('empty')
    for (const [path, file] of kept) disk.files(0).set(path, file)
    disk.closed.add('x')
    disk.files(0).delete('y/c.mkv')
    expect(await catalogue.scan(disk)).toMatchObject({ counts: { removed: 1 } })
    expect(catalogue.lost.get(rootIds[0])).toBeUndefined()
    expect(catalogue.present()).toHaveLength(2)
  })

  it('stops when told to, and goes on where it was', async () => {
    const disk = new Disk()
    for (let index = 0; index < 450; index++) disk.put(0, `Film ${String(index).padStart(3, '0')} (2000).mkv`, `film ${index}`)
    const catalogue = new Catalogue()
    expect(await catalogue.scan(disk, 'films', { stopAfter: 2 })).toMatchObject({ outcome: 'stopped' })
    expect(catalogue.present().length).toBeLessThan(450)
    await expect(catalogue.scan(disk, 'films', { crashAfter: 1 })).rejects.toThrow('crash')
    expect(await catalogue.scan(disk)).toMatchObject({ outcome: 'completed' })
    expect(catalogue.present()).toHaveLength(450)
    expect(kinds(catalogue.events).filter(type => type === 'MediaIngested')).toHaveLength(450)
  })

  it('rejects with the reason of its signal', async () => {
    const disk = new Disk()
    disk.put(0, 'a.mkv', 'a')
    const ports = new Catalogue().ports(disk)
    const stop = new AbortController()
    const task = { scanId: libraryId, cause, libraryId, kind: 'films' as const, roots: [{ rootId: rootIds[0], path: `/${rootIds[0]}` }] }
    const walking = runScan(task, { ...ports, walk: () => abortingWalk(stop) }, stop.signal)
    await expect(walking).rejects.toThrow('enough')
  })
})

async function* abortingWalk(stop: AbortController): AsyncGenerator<Found> {
  yield* []
  stop.abort(new Error('enough'))
  stop.signal.throwIfAborted()
}

const names = ['Heat (1995).mkv', 'Heat 1995 2160p.mkv', 'x/Heat (1995).mkv', 'Ronin (1998).mkv', 'y/Ronin (1998).mkv', 'z.mkv', 'Alien (1979)/a.mkv', '\u{1f3ac}.mkv', '\uff5e.mkv']
type Edit = { readonly do: 'put' | 'retag' | 'nfo' | 'break'; readonly root: number; readonly path: string; readonly content: string } | { readonly do: 'move' | 'copy' | 'swap'; readonly root: number; readonly path: string; readonly to: string; readonly toRoot: number } | { readonly do: 'delete'; readonly root: number; readonly path: string } | { readonly do: 'scan' }
const place = { root: fc.nat(1), path: fc.constantFrom(...names) }
const content = fc.constantFrom('a', 'bb', 'ccc', 'dddd', 'eeeee')
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('put' as const, 'retag' as const, 'nfo' as const, 'break' as const), ...place, content }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('move' as const, 'copy' as const, 'swap' as const), ...place, toRoot: fc.nat(1), to: fc.constantFrom(...names) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), ...place }) },
  { weight: 3, arbitrary: fc.constant({ do: 'scan' as const }) },
)

function apply(disk: Disk, change: Exclude<Edit, { do: 'scan' }>): void {
  const files = disk.files(change.root)
  const file = files.get(change.path)
  switch (change.do) {
    case 'put':
      return disk.put(change.root, change.path, change.content)
    case 'retag':
      return void (file && files.set(change.path, { ...file, title: change.content, modifiedMs: disk.clock++ }))
    case 'nfo':
      return void (file && files.set(change.path, change.content === 'a' ? omitNfo(file) : { ...file, nfo: change.content }))
    case 'break':
      return void (file && files.set(change.path, { ...file, broken: true, modifiedMs: disk.clock++ }))
    case 'delete':
      return void files.delete(change.path)
    default: {
      const target = disk.files(change.toRoot)
      const other = target.get(change.to)
      if (!file) return
      target.set(change.to, file)
      if (change.do === 'copy' || (files === target && change.path === change.to)) return
      if (change.do === 'swap' && other) files.set(change.path, other)
      else files.delete(change.path)
    }
  }
}
const omitNfo = ({ nfo: _, ...file }: File): File => file

describe('after any edits of files', () => {
  const rounds = Number(process.env['ROUNDS'] ?? 300)
  it.each(['films', 'home-videos'] as const)('a scan of what has changed shows what a fresh one shows: %s', async kind => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 25 }), fc.constantFrom(1, 2, 100), async (edits, batch) => {
        const disk = new Disk()
        // Never empty: a root that loses its last file is taken to be away.
        for (const root of [0, 1]) disk.put(root, 'keep/Keep (1900).mkv', `keep ${root}`)
        const catalogue = new Catalogue()
        for (const change of edits) {
          if (change.do === 'scan') await catalogue.scan(disk, kind, { batch })
          else apply(disk, change)
        }
        await catalogue.scan(disk, kind, { batch })
        const settled = catalogue.events.length
        await catalogue.scan(disk, kind)
        expect(catalogue.events.length).toBe(settled)
        const fresh = new Catalogue()
        await fresh.scan(disk, kind)
        expect(catalogue.shown(disk)).toEqual(fresh.shown(disk))
      }),
      { numRuns: rounds },
    )
  }, 120_000)
})
