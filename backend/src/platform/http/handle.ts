import { HttpCode, Inject, Req, RequestMapping, RequestMethod, Res, SetMetadata } from '@nestjs/common'
import type { Endpoint, Request, Response } from '@projectionist/shared/api/endpoint'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { DomainError } from '../eventing/decider.js'
import { asOfHeader, type Exchange } from './exchange.js'
import { Exchanges } from './exchanges.js'

export const CONTRACT = 'projectionist:contract'

/** The request does not fit its contract: every mistake, by path. */
export class RequestInvalid extends Error {
  override readonly name = 'RequestInvalid'
  constructor(readonly errors: readonly { readonly path: string; readonly message: string }[]) {
    super('The request does not fit its contract')
  }
}

type Handler<E extends Endpoint> = (request: Request<E>, exchange: Exchange) => Promise<Response<E>>

const exchanges = Symbol('exchanges')

/**
 * Makes a method the handler of an endpoint: route, status, access and checks come from the contract. The method gets the
 * parsed request and the exchange.
 */
export function Handle<E extends Endpoint>(contract: E) {
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<Handler<E>>): void => {
    const handler = descriptor.value!
    const handle = async function (this: Record<symbol, Exchanges>, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      if (contract.method !== 'GET' && contract.access !== 'anyone' && contract.past !== 'allowed' && asOfHeader(request) !== undefined)
        throw new DomainError('in-the-past')
      const parsed = {
        params: parse(contract.params, 'params', request.params),
        query: parse(contract.query, 'query', request.query),
        body: parse(contract.body, 'body', request.body ?? undefined),
      } as Request<E>
      const exchange = this[exchanges]!.begin(contract.path, request, reply)
      return handler.call(this, parsed, exchange)
    }
    descriptor.value = handle as unknown as Handler<E>
    // Every class with handlers gets the one thing they all need, without a constructor parameter in each.
    if (!Object.hasOwn(target, exchanges)) Inject(Exchanges)(target, exchanges)
    Reflect.defineMetadata('design:paramtypes', [Object, Object], target, key)
    Req()(target, key, 0)
    Res({ passthrough: true })(target, key, 1)
    RequestMapping({ path: contract.path, method: RequestMethod[contract.method] })(target, key, descriptor)
    HttpCode(contract.status)(target, key, descriptor)
    SetMetadata(CONTRACT, contract)(target, key, descriptor)
  }
}

function parse(schema: z.ZodType | undefined, part: string, value: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) {
    const path = unkeepable(result.data, part)
    if (path === undefined) return result.data
    throw new RequestInvalid([{ path, message: 'Holds a character that is none: NUL, or half of one' }])
  }
  throw new RequestInvalid(
    result.error.issues.map(({ path, message }) => ({ path: [part, ...path.map(String)].join('.'), message })),
  )
}

/**
 * The path of a text that cannot be kept as it is, undefined when all can: PostgreSQL takes no NUL and no halves of surrogate
 * pairs, and an event with one would be there for good, where no read model could take it.
 */
export function unkeepable(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = unkeepable(key, path) ?? unkeepable(inner, `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
