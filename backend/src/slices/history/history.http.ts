import { Controller, Inject } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import type { Actor } from '@projectionist/shared/events/event'
import { getHistory, type HistoryEntry } from '@projectionist/shared/api/history'
import { DomainError } from '../../platform/eventing/decider.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Sql } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'

interface Row {
  readonly position: number
  readonly event_id: string
  readonly stream_id: string
  readonly revision: number
  readonly type: string
  readonly at: string
  readonly actor_kind: 'user' | 'process'
  readonly actor_user: string | null
  readonly actor_name: string | null
  readonly reason: string
  readonly correlation_id: string
  readonly causation_id: string
  readonly category: string
  readonly subject: string
  readonly title: string | null
}

@Controller()
export class HistoryHttp {
  constructor(
    private readonly sql: Sql,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Handle(getHistory)
  async getHistory({ query }: Request<typeof getHistory>, exchange: Exchange): Promise<Response<typeof getHistory>> {
    await exchange.reads('history')
    const { caller } = exchange
    const mine = caller.role === 'admin' ? null : caller.userId
    const before = query.cursor === undefined ? null : Number(query.cursor)
    if (before !== null && !Number.isSafeInteger(before)) throw new DomainError('invalid-request', 'The cursor is not one of this list')
    const values: unknown[] = [mine, query.limit + 1, visibilityOf(caller)]
    const and = (condition: (n: number) => string, value: unknown): string => (value === undefined || value === null ? '' : `and ${condition(values.push(value))}`)
    const rows = await this.sql.query<Row>(
      `select h.*, coalesce(u.name, h.actor_name) as actor_name, coalesce(i.title, s.name, l.name) as title
       from read.history h
       left join read.users u on u.user_id = h.actor_user
       left join read.users s on h.category = 'user' and s.user_id = h.user_id
       left join read.items i on i.id = h.item_id
       left join read.libraries l on h.category = 'library' and l.id::text = h.subject
       where ($1::uuid is null or h.user_id = $1 or h.actor_user = $1) and (h.item_id is null or ${visibleTo('i', 3)})
         ${and(n => `h.position < $${n}`, before)} ${and(n => `h.item_id = $${n}`, query.item)}
         ${and(n => `(h.user_id = $${n} or h.actor_user = $${n})`, query.user)} ${and(n => `h.type = $${n}`, query.kind)}
         ${and(n => `h.at >= $${n}`, query.from)} ${and(n => `h.at < $${n}`, query.to)}
       order by h.position desc limit $2`,
      values,
    )
    const shown = rows.slice(0, query.limit)
    const entries = await Promise.all(shown.map(row => this.#entry(row)))
    return { entries, next: rows.length > query.limit ? String(shown.at(-1)!.position) : null }
  }

  async #entry(row: Row): Promise<HistoryEntry> {
    const [event] = await this.store.read(row.stream_id, { from: row.revision, limit: 1 })
    const actor: Actor = row.actor_kind === 'user' ? { kind: 'user', userId: row.actor_user! } : { kind: 'process', name: row.actor_name ?? '' }
    return {
      id: row.event_id,
      position: String(row.position),
      type: row.type,
      at: row.at,
      actor,
      actorName: row.actor_name ?? '',
      reason: row.reason,
      correlationId: row.correlation_id,
      causationId: row.causation_id,
      subject: { category: row.category, id: row.subject, title: row.title },
      data: (event?.data ?? {}) as Record<string, unknown>,
    }
  }
}
