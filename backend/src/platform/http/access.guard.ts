import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { AuthGuard } from '@nestjs/passport'
import type { Endpoint } from '@projectionist/shared/api/endpoint'
import { DomainError } from '../eventing/decider.js'
import type { Caller } from './caller.js'
import { CONTRACT } from './handle.js'

/** Lets a request through only when its endpoint's contract allows this caller. A route without a contract is refused. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') implements CanActivate {
  constructor(private readonly reflector: Reflector) {
    super()
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true
    const contract = this.reflector.get<Endpoint | undefined>(CONTRACT, context.getHandler())
    if (!contract) throw new DomainError('not-found')
    if (contract.access === 'anyone') return true
    await super.canActivate(context)
    const caller = context.switchToHttp().getRequest<{ user: Caller }>().user
    if (contract.access === 'admin' && caller.role !== 'admin') throw new DomainError('not-allowed')
    return true
  }

  override handleRequest<User = Caller>(error: Error | null, user: User | false): User {
    if (error) throw error
    if (!user) throw new DomainError('not-signed-in')
    return user
  }
}
