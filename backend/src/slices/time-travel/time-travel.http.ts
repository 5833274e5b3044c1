import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import {
  getDifference,
  getDifferenceOfCause,
  getPastLibraries,
  getPastLibrary,
  getStream,
  getWatchingThen,
  lookBack,
  putAway,
} from '@projectionist/shared/api/time-travel'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { changesOfCause, differencesOf, type Span } from './differences.js'
import { firstMoment, positionAt } from './moments.js'
import { streamAsOf, watchingAsOf } from './streams.js'
import { TimeTravelParts } from './time-travel-parts.js'

/** What happened just now may not be in the history yet. */
const JUST_NOW_MS = 60_000

@Controller()
export class TimeTravelHttp {
  constructor(private readonly parts: TimeTravelParts) {}

  @Handle(getPastLibraries)
  async getPastLibraries(_: Request<typeof getPastLibraries>, _exchange: Exchange): Promise<Response<typeof getPastLibraries>> {
    return { libraries: await this.parts.pasts.all(), first: await firstMoment(this.parts.sql) }
  }

  @Handle(lookBack)
  async lookBack({ body: { at } }: Request<typeof lookBack>, exchange: Exchange): Promise<Response<typeof lookBack>> {
    await this.#known(exchange, at)
    return this.parts.pasts.lookBack(at)
  }

  @Handle(getPastLibrary)
  getPastLibrary({ params: { id } }: Request<typeof getPastLibrary>, _exchange: Exchange): Promise<Response<typeof getPastLibrary>> {
    return this.parts.pasts.get(id)
  }

  @Handle(putAway)
  putAway({ params: { id } }: Request<typeof putAway>, _exchange: Exchange): Promise<void> {
    return this.parts.pasts.putAway(id)
  }

  @Handle(getStream)
  async getStream({ params: { category, id }, query }: Request<typeof getStream>, exchange: Exchange): Promise<Response<typeof getStream>> {
    const at = query.at ?? new Date().toISOString()
    await this.#known(exchange, at)
    return streamAsOf(this.parts, exchange.caller, category, id, { at, before: placeOf(query.cursor), limit: query.limit })
  }

  @Handle(getWatchingThen)
  async getWatchingThen({ query }: Request<typeof getWatchingThen>, exchange: Exchange): Promise<Response<typeof getWatchingThen>> {
    const at = query.at ?? new Date().toISOString()
    await this.#known(exchange, at)
    const { caller } = exchange
    return watchingAsOf(this.parts, caller, query.user ?? caller.userId, { at, before: placeOf(query.cursor), limit: query.limit })
  }

  @Handle(getDifference)
  async getDifference({ query }: Request<typeof getDifference>, exchange: Exchange): Promise<Response<typeof getDifference>> {
    const span = await this.#span(exchange, query)
    const { causes, next } = await differencesOf(this.parts, exchange.caller, span, placeOf(query.cursor) ?? span.to, query.limit)
    return { causes, next: next === null ? null : String(next) }
  }

  @Handle(getDifferenceOfCause)
  async getDifferenceOfCause({ params: { id }, query }: Request<typeof getDifferenceOfCause>, exchange: Exchange): Promise<Response<typeof getDifferenceOfCause>> {
    const span = await this.#span(exchange, query)
    const { subjects, next } = await changesOfCause(this.parts, exchange.caller, span, id, query.owner, placeOf(query.cursor) ?? 0, query.limit)
    return { subjects, next: next === null ? null : String(next) }
  }

  async #span(exchange: Exchange, { from, to }: { from: string; to: string }): Promise<Span> {
    if (Date.parse(from) > Date.parse(to)) throw new DomainError('invalid-request', 'The first moment comes after the second')
    await this.#known(exchange, to)
    const [first, last] = await Promise.all([positionAt(this.parts.sql, from), positionAt(this.parts.sql, to)])
    return { from: first, to: last }
  }

  /** Waits until the history knows all that was recorded up to a moment. Throws `invalid-request` for one that is still to come. */
  async #known(exchange: Exchange, at: string): Promise<void> {
    const age = Date.now() - Date.parse(at)
    if (age < -JUST_NOW_MS) throw new DomainError('invalid-request', 'That moment is still to come')
    await exchange.reads('history')
    if (age < JUST_NOW_MS) await this.parts.caughtUp()
  }
}

function placeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const place = Number(cursor)
  if (!Number.isSafeInteger(place) || place < 0) throw new DomainError('invalid-request', 'The cursor is not one of this list')
  return place
}
