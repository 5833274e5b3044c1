import { Module, type DynamicModule, type Provider } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Parts } from './parts.js'
import { CommandRunner } from './platform/eventing/command-runner.js'
import { EventCatalog } from './platform/eventing/event-catalog.js'
import { EVENT_STORE } from './platform/eventing/event-store.js'
import { StreamKinds } from './platform/eventing/stream-kinds.js'
import { Announcer } from './platform/eventing/projector/announcer.js'
import { Projector } from './platform/eventing/projector/projector.js'
import { Replays } from './platform/eventing/projector/replay.js'
import { Serving } from './platform/eventing/projector/serving.js'
import { Health } from './platform/http/health.js'
import { ImageLinks } from './platform/image-links.js'
import { Dispatcher } from './platform/jobs/dispatcher.js'
import { Jobs } from './platform/jobs/jobs.js'
import { PassingState } from './platform/jobs/passing-state.js'
import { Keys } from './platform/keys.js'
import { LiveBus } from './platform/live/live-bus.js'
import { LiveGateway } from './platform/live/live.gateway.js'
import { MediaEngine } from './platform/media/media-engine.js'
import { Pictures } from './platform/media/pictures.js'
import { Probing } from './platform/media/probing.js'
import { PlatformModule } from './platform/platform.module.js'
import { Settings } from './platform/settings.js'
import { Listener } from './platform/sql/listener.js'
import { Sql } from './platform/sql/sql.js'
import { Logger } from './platform/telemetry/logger.js'
import { deciders, pastProjections, portraits } from './slices/all.js'
import { AccountsModule } from './slices/accounts/accounts.module.js'
import { ArtworkModule } from './slices/artwork/artwork.module.js'
import { CatalogModule } from './slices/catalog/catalog.module.js'
import { EditingModule } from './slices/editing/editing.module.js'
import { HistoryModule } from './slices/history/history.module.js'
import { IngestModule } from './slices/ingest/ingest.module.js'
import { LibrariesModule } from './slices/libraries/libraries.module.js'
import { PersonalDataModule } from './slices/personal-data/personal-data.module.js'
import { PlaybackModule } from './slices/playback/playback.module.js'
import { ProjectionsModule } from './slices/projections/projections.module.js'
import { TimeTravelModule } from './slices/time-travel/time-travel.module.js'
import { TranscodingModule } from './slices/transcoding/transcoding.module.js'
import { UndoModule } from './slices/undo/undo.module.js'
import { version } from './version.js'
import { SystemModule } from './slices/system/system.module.js'

/** Puts the program together: the only place that knows every slice and every adapter. */
@Module({})
export class AppModule {
  static with(parts: Parts, health: Health): DynamicModule {
    const value = (provide: object | symbol, useValue: unknown): Provider => ({ provide, useValue }) as Provider
    const platform = PlatformModule.with([
      value(Settings, settingsOf(parts)),
      value(Logger, parts.log),
      value(Health, health),
      value(DataSource, parts.data),
      value(Sql, parts.sql),
      value(EVENT_STORE, parts.store),
      value(EventCatalog, parts.catalog),
      value(CommandRunner, parts.runner),
      value(StreamKinds, new StreamKinds(deciders, portraits)),
      value(Announcer, parts.announcer),
      value(Listener, parts.listener),
      value(Projector, parts.projector),
      value(Replays, parts.replays),
      value(Serving, parts.serving),
      value(Keys, parts.keys),
      value(ImageLinks, parts.images),
      value(LiveBus, parts.live),
      value(PassingState, parts.passing),
      value(Jobs, parts.jobs),
      value(Dispatcher, parts.dispatcher),
      value(MediaEngine, parts.media),
      value(Pictures, parts.pictures),
      value(Probing, parts.probing),
    ])
    return {
      module: AppModule,
      imports: [
        platform, AccountsModule, SystemModule, LibrariesModule, IngestModule, ArtworkModule, CatalogModule, EditingModule, PlaybackModule, TranscodingModule,
        HistoryModule, UndoModule, TimeTravelModule.of(pastProjections), PersonalDataModule, ProjectionsModule,
      ],
      providers: [LiveGateway],
    }
  }
}

const settingsOf = ({ config: { home, node, roles, secureCookies, worker } }: Parts): Settings => ({ version, home, node, roles, secureCookies, worker })
