import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { type ActiveSession, getSessions, startPlayback, stopSession } from '@projectionist/shared/api/playback'
import type { z } from 'zod'
import { DomainError, type Attribution } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { ItemSummaries } from '../../platform/item-summaries.js'
import type { SessionRow } from '../../platform/live/playback-sessions.js'
import { Sql } from '../../platform/sql/sql.js'
import { PlaybackParts } from './playback-parts.js'
import { startSession } from './start-session.js'
import { StopPlay } from './stopping.js'
import { BeginTranscode, EndTranscode } from './transcode.js'

@Controller()
export class SessionsHttp {
  constructor(
    private readonly sql: Sql,
    private readonly parts: PlaybackParts,
    private readonly items: ItemSummaries,
  ) {}

  @Handle(startPlayback)
  async startPlayback({ params: { id }, body }: Request<typeof startPlayback>, exchange: Exchange): Promise<Response<typeof startPlayback>> {
    await exchange.reads('items', 'libraries', 'watch_state')
    const { caller } = exchange
    const { answer, replaced } = await startSession({ ...this.parts, sql: this.sql }, caller, id, body, exchange.newId('session'), new Date())
    const { sessionId, playId, itemId, fileId, method, reasons, sends } = answer
    // A play is one story, over all sessions that it takes.
    const by = (reason: string): Attribution => ({ ...exchange.by(reason), correlationId: playId })
    if (replaced) await exchange.run(new EndTranscode({ ...replaced, cause: 'replaced' }, by('play differently')))
    if (method !== 'direct') {
      const facts = { itemId, fileId, userId: caller.userId, method, reasons: reasons.map(({ code }) => code), video: sends.video ?? '', audio: sends.audio ?? '', playId }
      await exchange.run(new BeginTranscode({ sessionId, ...facts }, by('play')))
      await this.parts.enqueue(sessionId, 0)
    }
    return { ...answer, next: await this.items.after(caller, id) }
  }

  @Handle(stopSession)
  async stopSession({ params: { id } }: Request<typeof stopSession>, exchange: Exchange): Promise<void> {
    const { userId, role } = exchange.caller
    const [gone] = await this.sql.query<Pick<SessionRow, 'play_id' | 'method' | 'segments' | 'user_id' | 'item_id' | 'library_id'>>(
      'delete from live.playback_sessions where session_id = $1 and (user_id = $2 or $3) returning play_id, method, segments, user_id, item_id, library_id',
      [id, userId, role === 'admin'],
      'stop_session',
    )
    if (!gone) throw new DomainError('session-not-found')
    const by = (reason: string): Attribution => ({ ...exchange.by(reason), correlationId: gone.play_id })
    if (gone.user_id !== userId) {
      const whose = { userId: gone.user_id, itemId: gone.item_id, libraryId: gone.library_id, playId: gone.play_id }
      await exchange.run(new StopPlay({ sessionId: id, ...whose }, by('stop what somebody plays')))
    }
    if (gone.method === 'direct') return
    await exchange.run(new EndTranscode({ sessionId: id, cause: 'stopped', segments: gone.segments }, by('stop playing')))
  }

  @Handle(getSessions)
  async getSessions(_: Request<typeof getSessions>, exchange: Exchange): Promise<Response<typeof getSessions>> {
    const { caller } = exchange
    const rows = await this.sql.query<Omit<SessionRow, 'plan'> & { user_name: string }>(
      `select s.session_id, s.user_id, u.name as user_name, s.device_name, s.item_id, s.method, s.reasons, s.state, s.position_ms, s.duration_ms,
         s.started_at, s.speed
       from live.playback_sessions s join read.users u on u.user_id = s.user_id
       where ($2 or s.user_id = $1) and s.state <> 'stopped' and s.sequence >= 0 order by s.started_at desc limit 500`,
      [caller.userId, caller.role === 'admin'],
      'sessions_now',
    )
    const items = new Map((await this.items.of(caller, [...new Set(rows.map(row => row.item_id))])).map(item => [item.id, item]))
    return {
      sessions: rows.flatMap((row): z.output<typeof ActiveSession>[] => {
        const item = items.get(row.item_id)
        if (!item || row.state === 'stopped') return []
        const { session_id: sessionId, method, state, speed } = row
        return [
          {
            sessionId, method, state, speed, item, user: { id: row.user_id, name: row.user_name }, device: row.device_name, reasons: [...row.reasons],
            positionMs: row.position_ms, durationMs: row.duration_ms, startedAt: row.started_at,
          },
        ]
      }),
    }
  }
}
