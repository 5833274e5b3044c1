import { randomUUID } from 'node:crypto'
import { AS_OF } from '@projectionist/shared/api/time-travel'
import type { CommandBus } from '@nestjs/cqrs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type Attribution, type Command } from '../eventing/decider.js'
import type { Outcome } from '../eventing/command-runner.js'
import type { Announcer } from '../eventing/projector/announcer.js'
import type { Serving } from '../eventing/projector/serving.js'
import { PROJECTIONIST, uuidv5 } from '../ids.js'
import type { Caller } from './caller.js'

const PATIENCE_MS = 2000

/** The `As-Of` header of a request. */
export function asOfHeader({ headers }: FastifyRequest): string | undefined {
  const given = headers[AS_OF.toLowerCase()]
  return typeof given === 'string' && given !== '' ? given : undefined
}

/** One request and its answer, as a handler sees it beside the parsed parts. */
export class Exchange {
  #position = 0
  #commands = 0
  /** The first command of the request: what it asks for is one thing, however many commands that takes. */
  #first: string | undefined
  readonly #key: string | undefined

  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    private readonly route: string,
    private readonly bus: CommandBus,
    private readonly announcer: Announcer,
    private readonly serving: Serving,
  ) {
    const key = request.headers['idempotency-key']
    this.#key = typeof key === 'string' && key.length > 0 && key.length <= 200 ? key : undefined
  }

  /** The person who asks. Throws `not-signed-in` on endpoints that anyone may call without signing in. */
  get caller(): Caller {
    const caller = (this.request as { user?: Caller }).user
    if (!caller) throw new DomainError('not-signed-in')
    return caller
  }

  /**
   * Who gives a command, and why. The command id derives from caller, route and `Idempotency-Key`, so that a repeated
   * request is done once; without that header every request is new.
   */
  by(reason: string): Attribution {
    const { userId, deviceId } = this.caller
    return this.#attribution(reason, { kind: 'user', userId, deviceId }, userId)
  }

  /** The same for a person who is just signing in. */
  byPerson(userId: string, deviceId: string, reason: string): Attribution {
    return this.#attribution(reason, { kind: 'user', userId, deviceId }, userId)
  }

  /** The same where no person is known. */
  byProcess(name: string, reason: string): Attribution {
    return this.#attribution(reason, { kind: 'process', name }, name)
  }

  /** An id that a repeated request with the same `Idempotency-Key` gets again: for what the request creates. */
  newId(what: string): string {
    return this.#key ? uuidv5(PROJECTIONIST, `${this.#keyed()} ${what}`) : randomUUID()
  }

  /** Gives a command to the bus; its position goes into the answer. */
  async run(command: Command): Promise<Outcome> {
    const outcome = await this.bus.execute<Command, Outcome>(command)
    this.wrote(outcome.position)
    return outcome
  }

  /** Waits until what this request wrote shows in these projections, for callers that ask next without `Min-Position`. */
  async shown(...projections: string[]): Promise<void> {
    if (this.#position > 0) await this.announcer.waitFor(projections, this.#position, PATIENCE_MS)
  }

  /** Notes a position that the answer shall carry. */
  wrote(position: number): void {
    this.#position = Math.max(this.#position, position)
    void this.reply.header('Position', String(this.#position))
  }

  /**
   * Waits until these projections have come as far as the caller has seen; else the answer says `Stale: true`. Throws `preparing`
   * where nothing serves one of them yet.
   */
  async reads(...projections: string[]): Promise<void> {
    await this.serving.serves(projections)
    const wanted = this.minPosition
    if (wanted > 0 && !(await this.announcer.waitFor(projections, wanted, PATIENCE_MS))) void this.reply.header('Stale', 'true')
  }

  /** The position the caller has seen, from `Min-Position`; 0 when it says none. */
  get minPosition(): number {
    const given = Number(this.request.headers['min-position'] ?? 0)
    return Number.isSafeInteger(given) && given > 0 ? given : 0
  }

  /** The past library that the caller looks at, from `As-Of`; undefined: today's. */
  get asOf(): string | undefined {
    return asOfHeader(this.request)
  }

  #attribution(reason: string, actor: Attribution['actor'], who: string): Attribution {
    const commandId = this.#key ? uuidv5(PROJECTIONIST, `${who} ${this.#keyed()} ${this.#commands++}`) : randomUUID()
    this.#first ??= commandId
    return { commandId, actor, reason, correlationId: this.#first, causationId: this.#first }
  }

  #keyed(): string {
    return `${(this.request as { user?: Caller }).user?.userId ?? ''} ${this.request.method} ${this.route} ${JSON.stringify(this.request.params)} ${this.#key}`
  }
}
