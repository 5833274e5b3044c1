import { stat } from 'node:fs/promises'
import type { LibraryKind } from '@projectionist/shared/events/media'
import { CommandRunner, type Outcome } from '../../platform/eventing/command-runner.js'
import { DomainError, type Attribution } from '../../platform/eventing/decider.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { resolveLocation } from '../../platform/media/file-location.js'
import { Probing } from '../../platform/media/probing.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { item, type ItemCommand } from './item.js'
import { knownFiles, lookUp } from './known-files.js'
import { libraryFolders, NoteFolder } from './library-folders.js'
import { runScan, type ScanPorts, type ScanTask } from './scan-job.js'
import { CompleteScan, FailScan, scan } from './scan.js'
import { ScanProgress } from './scan-progress.js'
import { walk } from './walk.js'

/** After so many runs that broke off, it is not the weather. */
const MOST_FAILURES = 5
const PATIENCE_MS = 60_000

/** Runs scans: joins the scan itself with disks, probes, the log and the read models. */
export class Scanner {
  constructor(
    private readonly sql: Sql,
    private readonly runner: CommandRunner,
    private readonly announcer: Announcer,
    private readonly live: LiveBus,
    private readonly probing: Probing,
    private readonly log: Logger,
  ) {}

  /** Runs a scan to its end, or until it is paused, cancelled, or the signal aborts. Rejects when it may go better another time. */
  async run(scanId: string, signal: AbortSignal): Promise<void> {
    const [library] = await this.sql.query<{ id: string; kind: LibraryKind; roots: { rootId: string; path: string }[] | null; event_id: string; correlation_id: string }>(
      `select l.id, l.kind, c.event_id, c.correlation_id, (select json_agg(json_build_object('rootId', r.id, 'path', r.path) order by r.ordinal, r.path) from read.library_roots r where r.library_id = l.id) as roots
       from read.owed_scans s join read.scan_causes c on c.id = s.work_id join read.libraries l on l.id = s.library_id where s.work_id = $1`,
      [scanId],
    )
    if (!library) return
    const progress = new ScanProgress(this.sql, this.live, scanId)
    const cause = { correlationId: library.correlation_id, causationId: library.event_id }
    try {
      const task = { scanId, cause, libraryId: library.id, kind: library.kind, roots: library.roots ?? [], before: await progress.before() }
      const result = await runScan(task, this.#ports(task, progress), signal)
      await progress.finish()
      if (result.outcome === 'completed') await this.runner.run(scan, new CompleteScan({ scanId, counts: result.counts }, by(task, 'complete')))
    } catch (error) {
      await progress.finish()
      if (signal.aborted || (await progress.failed()) < MOST_FAILURES) throw error
      this.log.error({ err: error, scan: scanId }, 'a scan failed again and again')
      const detail = error instanceof Error ? error.message : String(error)
      await this.runner.run(scan, new FailScan({ scanId, code: 'broken-off', detail: detail.slice(0, 1000) }, by({ scanId, cause }, 'fail')))
    }
  }

  #ports(task: ScanTask, progress: ScanProgress): ScanPorts {
    const { scanId, libraryId, kind, roots } = task
    const run = async (commands: readonly ItemCommand[]): Promise<void> => {
      if (commands.length === 0) return
      const outcomes = await this.runner.runMany(item, commands)
      for (const outcome of outcomes) if (outcome instanceof DomainError) this.log.warn({ err: outcome, scan: scanId }, 'a scan could not record something')
      const position = Math.max(...outcomes.filter((outcome): outcome is Outcome => !(outcome instanceof DomainError)).map(outcome => outcome.position))
      if (!(await this.announcer.waitFor(['known_files'], position, PATIENCE_MS))) throw new Error('The read model of files does not keep up')
    }
    const { prober } = this.probing
    return {
      walk: (root, _kind, signal) => walk(root, kind, signal),
      knownFiles: rootId => knownFiles(this.sql, rootId),
      lookUp: (library, questions) => lookUp(this.sql, library, questions),
      inPlace: async ({ location, sizeBytes, modifiedMs }) => {
        const root = roots.find(({ rootId }) => rootId === location.rootId)
        if (!root) return false
        try {
          const found = await stat(resolveLocation(root.path, location.relative))
          return found.size === sizeBytes && Math.floor(found.mtimeMs) === modifiedMs
        } catch (error) {
          const absent = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
          // Where the whole root is away, nobody can say that the file is.
          return !absent || !(await stat(root.path).then(folder => folder.isDirectory(), () => false))
        }
      },
      probe: (request, signal) => prober.probe(request, signal),
      readNfo: path => this.probing.readNfo(path),
      run,
      report: async command => void (await this.runner.run(scan, command)),
      noteRoot: (rootId, lost) =>
        this.runner
          .run(libraryFolders, new NoteFolder({ libraryId, rootId, lost }, by(task, `folder ${rootId} ${lost}`)))
          .then(() => undefined),
      progress: counts => progress.tell(counts),
      wanted: async () => {
        const [running] = await this.sql.query('select 1 from read.owed_scans where work_id = $1', [scanId])
        return running ? 'go-on' : 'stop'
      },
    }
  }
}

/** The same step of a scan is done once. */
const by = ({ scanId, cause }: Pick<ScanTask, 'scanId' | 'cause'>, step: string): Attribution => ({
  commandId: uuidv5(PROJECTIONIST, `scan ${scanId} ${step}`),
  actor: { kind: 'process', name: 'scan' },
  reason: 'Found by a scan',
  ...cause,
})
