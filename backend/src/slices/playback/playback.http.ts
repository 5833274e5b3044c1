import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { markItems, markWatched, rateItem, reportProgress } from '@projectionist/shared/api/playback'
import { DomainError } from '../../platform/eventing/decider.js'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { uuidv5 } from '../../platform/ids.js'
import { LiveBus } from '../../platform/live/live-bus.js'
import { Sql } from '../../platform/sql/sql.js'
import { MarkWatched, playback, RateItem } from './playback.js'
import type { Clock } from './clock.js'
import { noteRecorded, recordOf, takeReport } from './report-progress.js'
import { leavesOf } from './leaves.queries.js'
import { MOST_COMMANDS } from './take-intents.js'

@Controller()
export class PlaybackHttp {
  constructor(
    private readonly sql: Sql,
    private readonly live: LiveBus,
    private readonly runner: CommandRunner,
  ) {}

  @Handle(reportProgress)
  async reportProgress({ params: { id }, body }: Request<typeof reportProgress>, exchange: Exchange): Promise<void> {
    const { userId } = exchange.caller
    const now = new Date()
    const reported = await takeReport(this.sql, userId, id, body, now)
    if (!reported) throw new DomainError('session-not-found')
    const { session, cause, stale } = reported
    if (stale) return
    this.live.publish({ userId }, {
      type: 'progress',
      itemId: id,
      sessionId: session.session_id,
      positionMs: session.position_ms,
      durationMs: session.duration_ms,
      state: body.state,
      device: session.device_name,
      at: now.toISOString(),
    })
    if (!cause) return
    await exchange.run(recordOf(session, cause, clockOf(body, now), exchange.by('play')))
    await noteRecorded(this.sql, session.session_id, now)
  }

  @Handle(markWatched)
  markWatched({ params: { id }, body }: Request<typeof markWatched>, exchange: Exchange): Promise<Response<typeof markWatched>> {
    return this.#mark([id], body, exchange)
  }

  @Handle(markItems)
  markItems({ body }: Request<typeof markItems>, exchange: Exchange): Promise<Response<typeof markItems>> {
    return this.#mark(body.items, body, exchange)
  }

  @Handle(rateItem)
  async rateItem({ params: { id }, body: { rating, ...says } }: Request<typeof rateItem>, exchange: Exchange): Promise<void> {
    const { userId } = exchange.caller
    const [visible] = await leavesOf(this.sql, exchange.caller, [id])
    if (!visible) throw new DomainError('item-not-found')
    const { libraryId } = visible
    await exchange.run(new RateItem({ userId, itemId: id, libraryId, rating, ...clockOf(says, new Date()) }, exchange.by('rate')))
    await exchange.shown('watch_state')
  }

  /** All of it has one cause, so that it can be taken back as one. */
  async #mark(ids: readonly string[], { watched, ...says }: Pick<Request<typeof markWatched>['body'], 'watched'> & DeviceSays, exchange: Exchange) {
    const { userId } = exchange.caller
    const items = await leavesOf(this.sql, exchange.caller, ids)
    if (items.length === 0) throw new DomainError('item-not-found')
    if (items.length > MOST_COMMANDS) throw new DomainError('invalid-request', 'That is too much at once. Mark it in parts.')
    const clock = clockOf(says, new Date())
    const by = exchange.by(watched ? 'mark as watched' : 'mark as unwatched')
    const commands = items.map(item => new MarkWatched({ userId, ...item, watched, ...clock }, { ...by, commandId: uuidv5(by.commandId, item.itemId) }))
    for (const outcome of await this.runner.runMany(playback, commands)) {
      if (outcome instanceof DomainError) throw outcome
      exchange.wrote(outcome.position)
    }
    await exchange.shown('watch_state')
    return { id: by.correlationId }
  }
}

/** The clock of what arrives as it happens. A device that has not compared its clock with the server's is taken to have the server's. */
function clockOf({ sequence, deviceTime, clockOffsetMs }: DeviceSays, now: Date): Clock & { readonly notBefore?: number } {
  const known = deviceTime !== undefined && clockOffsetMs !== undefined
  return {
    deviceSequence: sequence ?? now.getTime(),
    deviceTime: deviceTime ?? now.toISOString(),
    clockOffsetMs: clockOffsetMs ?? 0,
    ...(!known && { notBefore: now.getTime() }),
  }
}
type DeviceSays = Partial<Pick<Request<typeof reportProgress>['body'], 'sequence' | 'deviceTime' | 'clockOffsetMs'>>
