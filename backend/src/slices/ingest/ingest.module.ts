import { Module, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { handles } from '../../platform/eventing/handles.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'
import { Dispatcher } from '../../platform/jobs/dispatcher.js'
import { Jobs, jobType } from '../../platform/jobs/jobs.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { Probing } from '../../platform/media/probing.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { FoldersHttp } from './folders.http.js'
import { ChangeScan, scan, StartScan } from './scan.js'
import { Scanner } from './scanner.js'
import { ScansHttp } from './scans.http.js'

const runScanJob = jobType('scan', 'disk', z.object({ scanId: z.uuid() }))
const AT_ONCE = 2

/** `work_id` is the event that the scan follows from. */
interface OwedFirstScan {
  readonly work_id: string
  readonly library_id: string
  readonly scan_id: string
  readonly correlation_id: string
}

/** Takes media in: scans of libraries, asked for or owed. */
@Module({
  controllers: [ScansHttp, FoldersHttp],
  providers: [
    handles(StartScan, scan),
    handles(ChangeScan, scan),
    {
      provide: Scanner,
      useFactory: (sql: Sql, runner: CommandRunner, announcer: Announcer, live: LiveBus, probing: Probing, log: Logger) =>
        new Scanner(sql, runner, announcer, live, probing, log),
      inject: [Sql, CommandRunner, Announcer, LiveBus, Probing, Logger],
    },
  ],
})
export class IngestModule implements OnModuleInit {
  constructor(
    private readonly scanner: Scanner,
    private readonly jobs: Jobs,
    private readonly dispatcher: Dispatcher,
    private readonly runner: CommandRunner,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    if (this.settings.roles.has('projector')) {
      this.dispatcher.follow<OwedFirstScan>({
        name: 'first scan',
        projection: 'scans',
        select: 'select event_id as work_id, library_id, scan_id, correlation_id from read.owed_first_scans limit $1',
        window: 20,
        does: { run: row => this.#start(row) },
      })
      this.dispatcher.follow({
        name: 'scan',
        projection: 'scans',
        select: 'select work_id from read.owed_scans limit $1',
        window: 20,
        does: { job: runScanJob, data: ({ work_id }) => ({ scanId: work_id }) },
      })
    }
    if (this.settings.roles.has('worker'))
      this.jobs.work([{ type: runScanJob, concurrency: AT_ONCE, handle: ({ scanId }, { signal }) => this.scanner.run(scanId, signal) }])
  }

  /** A library that was added, or got a folder, is looked through. */
  async #start({ work_id, library_id, scan_id, correlation_id }: OwedFirstScan): Promise<void> {
    const commandId = uuidv5(PROJECTIONIST, `first scan ${work_id}`)
    const by = { commandId, actor: { kind: 'process', name: 'ingest' } as const, reason: 'A folder was added', correlationId: correlation_id, causationId: work_id }
    await this.runner.run(scan, new StartScan({ scanId: scan_id, libraryId: library_id, cause: 'library-added' }, by))
  }
}
