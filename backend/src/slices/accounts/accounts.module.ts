import { Global, Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import { handles } from '../../platform/eventing/handles.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Callers } from '../../platform/http/caller.js'
import { Keys } from '../../platform/keys.js'
import { SetUpState } from '../../platform/set-up-state.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { TryLimit } from '../../platform/http/try-limit.js'
import { Dispatcher } from '../../platform/jobs/dispatcher.js'
import { PassingState } from '../../platform/jobs/passing-state.js'
import { AccountParts } from './account-parts.js'
import { AccountsHttp } from './accounts.http.js'
import { Credentials, openCredentials } from './accounts.js'
import { AccountsOwed } from './accounts-owed.js'
import { ErasingParts } from './erase.js'
import { ErasureHttp } from './erasure.http.js'
import { EraseUser, erasure } from './erasure.js'
import { JwtStrategy } from './jwt.strategy.js'
import { RefusedSignIns } from './refused-sign-ins.js'
import { SetupCode } from './setup-code.js'
import { StoredCallers } from './stored-callers.js'
import { Tokens } from './tokens.js'
import { AddUser, ChangeUser, NotePasswordChange, NoteSignIn, NoteSignOut, NoteTheft, user } from './user.js'

@Global()
@Module({
  controllers: [AccountsHttp, ErasureHttp],
  providers: [
    { provide: Credentials, useFactory: openCredentials, inject: [DataSource, EVENT_STORE] },
    { provide: Tokens, useFactory: (data: DataSource, keys: Keys) => new Tokens(data, keys), inject: [DataSource, Keys] },
    { provide: SetupCode, useFactory: ({ home }: Settings) => new SetupCode(home), inject: [Settings] },
    {
      provide: RefusedSignIns,
      useFactory: (sql: Sql, runner: CommandRunner, log: Logger) => new RefusedSignIns(sql, runner, log),
      inject: [Sql, CommandRunner, Logger],
    },
    {
      provide: AccountParts,
      useFactory: (credentials: Credentials, tokens: Tokens, code: SetupCode, { redis }: PassingState, settings: Settings, refused: RefusedSignIns) =>
        new AccountParts(credentials, tokens, code, new TryLimit(redis, 8, 60), new TryLimit(redis, 20, 60), new TryLimit(redis, 60, 60), settings.secureCookies, refused),
      inject: [Credentials, Tokens, SetupCode, PassingState, Settings, RefusedSignIns],
    },
    {
      provide: Callers,
      useFactory: (sql: Sql, tokens: Tokens, announcer: Announcer) => new StoredCallers(sql, tokens, announcer),
      inject: [Sql, Tokens, Announcer],
    },
    {
      provide: SetUpState,
      useFactory: (credentials: Credentials) => ({ isSetUp: async () => !(await credentials.none()) }),
      inject: [Credentials],
    },
    {
      provide: ErasingParts,
      useFactory: (sql: Sql, store: EventStore, runner: CommandRunner, credentials: Credentials, tokens: Tokens) => new ErasingParts(sql, store, runner, credentials, tokens),
      inject: [Sql, EVENT_STORE, CommandRunner, Credentials, Tokens],
    },
    {
      provide: AccountsOwed,
      useFactory: (parts: ErasingParts, refused: RefusedSignIns, dispatcher: Dispatcher, settings: Settings) => new AccountsOwed(parts, refused, dispatcher, settings),
      inject: [ErasingParts, RefusedSignIns, Dispatcher, Settings],
    },
    JwtStrategy,
    handles(EraseUser, erasure),
    ...[AddUser, ChangeUser, NotePasswordChange, NoteSignIn, NoteSignOut, NoteTheft].map(command => handles(command, user)),
  ],
  exports: [Callers, SetUpState, SetupCode],
})
export class AccountsModule {}
