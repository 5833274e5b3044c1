import { setMaxListeners } from 'node:events'
import type { LibraryKind, MediaFile } from '@projectionist/shared/events/media'
import type { ScanCounts, ScanProblem } from '@projectionist/shared/events/scan'
import type { Attribution } from '../../platform/eventing/decider.js'
import { uuidv5 } from '../../platform/ids.js'
import { compareRelative, resolveLocation } from '../../platform/media/file-location.js'
import type { Nfo, ProbeRequest, ProbeResult } from '../../platform/media/probing.js'
import { planIngest, questionsOf, type Batch, type BatchFile, type Known, type KnownFile } from './ingest-batch.js'
import { IdentifyGroup, IngestMedia, RemoveMediaFile, type ItemCommand } from './item.js'
import { ReportScanProblems } from './scan.js'
import { RootLost, type Found, type FoundFile, type Root } from './walk.js'

/** What all that a scan records follows from. */
export type Cause = Pick<Attribution, 'correlationId' | 'causationId'>

export interface ScanTask {
  readonly scanId: string
  readonly libraryId: string
  readonly kind: LibraryKind
  readonly roots: readonly Root[]
  /** The event that began it, and what that belongs to. */
  readonly cause: Cause
  /** What an earlier run of the same scan got done before it was paused or its process died. */
  readonly before?: Partial<ScanCounts>
  /** How many files are looked into and recorded together; 100 when not said. */
  readonly batch?: number
}

/** What a scan needs of the world. */
export interface ScanPorts {
  walk(root: Root, kind: LibraryKind, signal: AbortSignal): AsyncIterable<Found>
  /** Files the catalogue has under a root, in the order of `compareRelative` (SQL: `relative collate "C"`), by pages. */
  knownFiles(rootId: string): AsyncIterable<KnownFile>
  /** Answers with everything in it that `run` has done. */
  lookUp(libraryId: string, questions: { readonly fileIds: readonly string[]; readonly keys: readonly string[] }): Promise<Omit<Known, 'inPlace'>>
  /** Whether a file lies where it is known to, as it is known; also true when its disk cannot tell. */
  inPlace(file: MediaFile): Promise<boolean>
  probe(request: ProbeRequest, signal: AbortSignal): Promise<ProbeResult>
  readNfo(path: Uint8Array): Promise<Nfo | undefined>
  /** Runs commands on items, of one item in the order given; resolves when they are done. */
  run(commands: readonly ItemCommand[]): Promise<void>
  report(command: ReportScanProblems): Promise<void>
  /** A root is away, or is there (again). */
  noteRoot(rootId: string, lost: 'missing' | 'unreadable' | 'empty' | undefined): Promise<void>
  /** Called often; cheap, and bundles what it does. `done`: files dealt with. `walked`: `found` is final. */
  progress(counts: ScanCounts & { readonly done: number; readonly walked: boolean }): void
  /** Asked between batches. */
  wanted(): Promise<'go-on' | 'stop'>
}

/** `stopped`: paused or cancelled; run it again to go on, what is done is passed over fast. */
export type ScanOutcome = { readonly outcome: 'completed'; readonly counts: ScanCounts } | { readonly outcome: 'stopped'; readonly counts: ScanCounts }

const BATCH = 100
const BATCHES_AT_ONCE = 2
const MOST_PROBLEMS = 5000

class Stopped extends Error {}

/**
 * Scans a library: walks its roots beside what is known of them, looks into files that are new or changed, and records
 * what it finds, in batches. Files that are gone are removed when all roots were walked, and only from roots and folders that could
 * be read. Can be interrupted anywhere and run again. Rejects with the signal's reason, or when a port fails.
 */
export async function runScan(task: ScanTask, ports: ScanPorts, signal: AbortSignal): Promise<ScanOutcome> {
  const counts = { found: 0, added: 0, changed: 0, moved: 0, removed: 0, ...task.before, failed: 0 }
  counts.found = 0
  let done = 0
  let problemsLeft = MOST_PROBLEMS
  const { batch: batchSize = BATCH } = task
  const missing: KnownFile[] = []
  const tell = (walked: boolean): void => ports.progress({ ...counts, done, walked })
  try {
    for (const root of task.roots) await scanRoot(root)
    tell(true)
    await removeMissing()
    return { outcome: 'completed', counts }
  } catch (error) {
    if (error instanceof Stopped) return { outcome: 'stopped', counts }
    throw error
  }

  async function scanRoot(root: Root): Promise<void> {
    const unwalked: string[] = []
    const gone: KnownFile[] = []
    const problems: ScanProblem[] = []
    const stop = new AbortController()
    const within = AbortSignal.any([signal, stop.signal])
    // Every probe of a batch listens to it.
    setMaxListeners(0, within)
    const known = ports.knownFiles(root.rootId)[Symbol.asyncIterator]()
    let next = await known.next()
    let waiting: { found: FoundFile; at: KnownFile | undefined }[] = []
    const running: Promise<void>[] = []
    let last: Promise<void> = Promise.resolve()
    let knownCount = 0
    let files = 0

    const passKnown = async (until: string | undefined): Promise<KnownFile | undefined> => {
      while (!next.done) {
        const one = next.value
        const order = until === undefined ? -1 : compareRelative(one.file.location.relative, until)
        if (order > 0) return undefined
        knownCount++
        next = await known.next()
        if (order === 0) return one
        gone.push(one)
      }
      return undefined
    }
    const flush = async (): Promise<void> => {
      if (waiting.length === 0) return
      if ((await ports.wanted()) === 'stop') throw new Stopped()
      const probed = probeAll(root, waiting, within)
      const before = last
      waiting = []
      // Probes of one batch run while the batch before it is recorded.
      last = Promise.all([probed, before]).then(([files]) => record(root, files))
      last.catch(() => stop.abort())
      running.push(last)
      if (running.length >= BATCHES_AT_ONCE) await running.shift()
    }

    try {
      for await (const found of ports.walk(root, task.kind, within)) {
        if (found.found === 'end') files = found.files
        else if (found.found === 'problem') {
          problems.push(found.problem)
          if (found.unwalked) unwalked.push(found.problem.relative)
          counts.failed++
        } else {
          counts.found++
          const at = await passKnown(found.file.relative)
          if (at && isUnchanged(at.file, found.file)) done++
          else waiting.push({ found: found.file, at })
          if (waiting.length >= batchSize) await flush()
          tell(false)
        }
        if (problems.length >= BATCH) await report(problems.splice(0))
      }
      await flush()
      await last
      await passKnown(undefined)
      await report(problems)
      if (files === 0 && knownCount > 0) return await ports.noteRoot(root.rootId, 'empty')
      await ports.noteRoot(root.rootId, undefined)
      missing.push(...gone.filter(({ file }) => !unwalked.some(folder => isUnder(file.location.relative, folder))))
    } catch (error) {
      stop.abort()
      await Promise.allSettled([last, ...running])
      if (!(error instanceof RootLost)) throw await firstFailure(error)
      await ports.noteRoot(root.rootId, error.code)
    } finally {
      await known.return?.()
    }

    /** When a batch failed, the walk was aborted for it: the batch's error is the cause. */
    async function firstFailure(error: unknown): Promise<unknown> {
      if (signal.aborted) return signal.reason
      return error instanceof Stopped ? error : last.then(() => error, (cause: unknown) => cause)
    }
  }

  async function probeAll(root: Root, files: readonly { found: FoundFile; at: KnownFile | undefined }[], within: AbortSignal): Promise<BatchFile[]> {
    return Promise.all(
      files.map(async ({ found, at }) => ({ found, at, result: await ports.probe({ path: resolveLocation(root.path, found.relative), type: found.type }, within) })),
    )
  }

  async function record(root: Root, files: readonly BatchFile[]): Promise<void> {
    const nfos = await nfosOf(root, files)
    const batch: Batch = { libraryId: task.libraryId, kind: task.kind, rootId: root.rootId, scanId: task.scanId, files, nfos }
    const looked = await ports.lookUp(task.libraryId, questionsOf(batch))
    const inPlace = new Set<string>()
    const places = new Set(files.map(({ found }) => found.relative))
    await Promise.all(
      [...looked.byFileId].map(async ([fileId, { file, gone }]) => {
        const here = file.location.rootId === root.rootId && places.has(file.location.relative) && unchangedIn(files, file)
        if (!gone && (here || (await ports.inPlace(file)))) inPlace.add(fileId)
      }),
    )
    const plan = planIngest(batch, { ...looked, inPlace })
    await ports.run([
      ...plan.groups.map(data => new IdentifyGroup(data, by('IdentifyGroup', data))),
      ...plan.media.map(data => new IngestMedia(data, by('IngestMedia', data))),
      ...plan.removals.map(data => new RemoveMediaFile(data, by('RemoveMediaFile', data))),
    ])
    await report([...plan.problems])
    for (const kind of ['added', 'changed', 'moved', 'failed'] as const) counts[kind] += plan.counts[kind]
    done += files.length
    tell(false)
  }

  async function nfosOf(root: Root, files: readonly BatchFile[]): Promise<Map<string, Nfo>> {
    const paths = [...new Set(files.flatMap(({ found, result }) => (result.outcome === 'probed' ? found.beside.nfos : [])))]
    const read = await Promise.all(paths.map(async path => [path, await ports.readNfo(resolveLocation(root.path, path))] as const))
    return new Map(read.filter((entry): entry is readonly [string, Nfo] => entry[1] !== undefined))
  }

  async function report(problems: readonly ScanProblem[]): Promise<void> {
    const told = problems.slice(0, problemsLeft)
    problemsLeft -= told.length
    if (told.length === 0) return
    const data = { scanId: task.scanId, problems: told.map(problem => ({ ...problem })) }
    await ports.report(new ReportScanProblems(data, by('ReportScanProblems', data)))
  }

  /** A file found elsewhere meanwhile is not gone. */
  async function removeMissing(): Promise<void> {
    for (let start = 0; start < missing.length; start += BATCH) {
      if ((await ports.wanted()) === 'stop') throw new Stopped()
      signal.throwIfAborted()
      const some = missing.slice(start, start + BATCH)
      const { byFileId } = await ports.lookUp(task.libraryId, { fileIds: some.map(({ file }) => file.fileId), keys: [] })
      const gone = some.filter(({ itemId, file: { fileId, location } }) => {
        const now = byFileId.get(fileId)
        return now && !now.gone && now.itemId === itemId && now.file.location.rootId === location.rootId && now.file.location.relative === location.relative
      })
      await ports.run(
        gone.map(({ itemId, file }) => {
          const data = { itemId, fileId: file.fileId, scanId: task.scanId }
          return new RemoveMediaFile(data, by('RemoveMediaFile', data))
        }),
      )
      counts.removed += gone.length
      tell(true)
    }
  }

  /** The same scan that finds the same again gives the same command, which is done once. */
  function by(type: string, data: unknown): Attribution {
    return {
      commandId: uuidv5(task.scanId, `${type}:${JSON.stringify(data)}`),
      actor: { kind: 'process', name: 'scan' },
      reason: 'Found by a scan',
      ...task.cause,
    }
  }
}

const isUnchanged = (known: MediaFile, found: FoundFile): boolean =>
  known.sizeBytes === found.sizeBytes && known.modifiedMs === found.modifiedMs && (known.beside ?? '') === found.beside.stamp
const isUnder = (relative: string, folder: string): boolean => relative === folder || relative.startsWith(`${folder}/`)

/** Whether a batch itself finds a known file where and as it was, so that nobody need ask the disk. */
const unchangedIn = (files: readonly BatchFile[], { location, sizeBytes, modifiedMs }: MediaFile): boolean =>
  files.some(({ found }) => found.relative === location.relative && found.sizeBytes === sizeBytes && found.modifiedMs === modifiedMs)
