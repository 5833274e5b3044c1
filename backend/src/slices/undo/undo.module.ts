import { Module, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { handles } from '../../platform/eventing/handles.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Callers } from '../../platform/http/caller.js'
import { Dispatcher } from '../../platform/jobs/dispatcher.js'
import { Jobs, jobType } from '../../platform/jobs/jobs.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { Settings } from '../../platform/settings.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { CancelUndo, RequestUndo, undo } from './undo.js'
import { UndoBasis } from './undo-basis.js'
import { UndoRunner } from './undo-job.js'
import { UndosHttp } from './undos.http.js'

const runUndo = jobType('undo', 'disk', z.object({ undoId: z.uuid() }))
const AT_ONCE = 2

/** Takes back what was done: shows what that would change, and does it, however long it takes. */
@Module({
  controllers: [UndosHttp],
  providers: [
    UndoBasis,
    handles(RequestUndo, undo),
    handles(CancelUndo, undo),
    {
      provide: UndoRunner,
      useFactory: (basis: UndoBasis, runner: CommandRunner, announcer: Announcer, live: LiveBus, callers: Callers, log: Logger) =>
        new UndoRunner(basis, runner, announcer, live, callers, log),
      inject: [UndoBasis, CommandRunner, Announcer, LiveBus, Callers, Logger],
    },
  ],
})
export class UndoModule implements OnModuleInit {
  constructor(
    private readonly undos: UndoRunner,
    private readonly jobs: Jobs,
    private readonly dispatcher: Dispatcher,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    if (this.settings.roles.has('projector'))
      this.dispatcher.follow({
        name: 'undo',
        projection: 'undos',
        select: 'select work_id from read.owed_undos order by requested_at limit $1',
        window: 20,
        does: { job: runUndo, data: ({ work_id }) => ({ undoId: work_id }) },
      })
    if (this.settings.roles.has('worker'))
      this.jobs.work([
        { type: runUndo, concurrency: AT_ONCE, handle: ({ undoId }, { signal }) => this.undos.run(undoId, signal) },
      ])
  }
}
