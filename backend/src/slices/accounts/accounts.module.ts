import { Global, Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { handles } from '../../platform/eventing/handles.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Callers } from '../../platform/http/caller.js'
import { Keys } from '../../platform/keys.js'
import { SetUpState } from '../../platform/set-up-state.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { TryLimit } from '../../platform/http/try-limit.js'
import { PassingState } from '../../platform/jobs/passing-state.js'
import { AccountParts } from './account-parts.js'
import { AccountsHttp } from './accounts.http.js'
import { Credentials } from './accounts.js'
import { JwtStrategy } from './jwt.strategy.js'
import { SetupCode } from './setup-code.js'
import { StoredCallers } from './stored-callers.js'
import { Tokens } from './tokens.js'
import { AddUser, ChangeUser, NotePasswordChange, NoteSignIn, NoteSignOut, NoteTheft, user } from './user.js'

@Global()
@Module({
  controllers: [AccountsHttp],
  providers: [
    { provide: Credentials, useFactory: (data: DataSource) => new Credentials(data), inject: [DataSource] },
    { provide: Tokens, useFactory: (data: DataSource, keys: Keys) => new Tokens(data, keys), inject: [DataSource, Keys] },
    { provide: SetupCode, useFactory: ({ home }: Settings) => new SetupCode(home), inject: [Settings] },
    {
      provide: AccountParts,
      useFactory: (credentials: Credentials, tokens: Tokens, code: SetupCode, { redis }: PassingState, settings: Settings) =>
        new AccountParts(credentials, tokens, code, new TryLimit(redis, 8, 60), new TryLimit(redis, 20, 60), new TryLimit(redis, 60, 60), settings.secureCookies),
      inject: [Credentials, Tokens, SetupCode, PassingState, Settings],
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
    JwtStrategy,
    ...[AddUser, ChangeUser, NotePasswordChange, NoteSignIn, NoteSignOut, NoteTheft].map(command => handles(command, user)),
  ],
  exports: [Callers, SetUpState, SetupCode],
})
export class AccountsModule {}
