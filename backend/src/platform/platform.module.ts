import { Module, type DynamicModule, type Provider } from '@nestjs/common'
import { APP_FILTER, APP_GUARD } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { PassportModule } from '@nestjs/passport'
import { AccessGuard } from './http/access.guard.js'
import { Exchanges } from './http/exchanges.js'
import { ProblemFilter } from './http/problem.filter.js'

/** Gives every slice what it stands on: the parts by their classes, and the handling of requests. */
@Module({})
export class PlatformModule {
  static with(parts: readonly Provider[]): DynamicModule {
    const tokens = parts.map(part => (typeof part === 'object' ? part.provide : part))
    return {
      module: PlatformModule,
      global: true,
      imports: [CqrsModule.forRoot(), PassportModule],
      providers: [...parts, Exchanges, { provide: APP_GUARD, useClass: AccessGuard }, { provide: APP_FILTER, useClass: ProblemFilter }],
      exports: [...tokens, Exchanges, CqrsModule],
    }
  }
}
