import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { handles } from '../../platform/eventing/handles.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { IntentsHttp } from './intents.http.js'
import { DismissOtherPlace, MarkWatched, playback, RateItem, RecordProgress } from './playback.js'
import { PlaybackHttp } from './playback.http.js'
import { watchForSilence } from './silence.js'

@Module({
  controllers: [PlaybackHttp, IntentsHttp],
  providers: [handles(RecordProgress, playback), handles(MarkWatched, playback), handles(RateItem, playback), handles(DismissOtherPlace, playback)],
})
export class PlaybackModule implements OnModuleInit, OnApplicationShutdown {
  readonly #stop = new AbortController()
  #watching: Promise<void> = Promise.resolve()

  constructor(
    private readonly sql: Sql,
    private readonly runner: CommandRunner,
    private readonly log: Logger,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    if (this.settings.roles.has('projector')) this.#watching = watchForSilence(this.sql, this.runner, this.log, this.#stop.signal)
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort()
    await this.#watching
  }
}
