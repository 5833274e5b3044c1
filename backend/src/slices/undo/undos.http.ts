import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { changeUndo, getPlayed, getUndo, getUndoConflicts, previewUndo, requestUndo } from '@projectionist/shared/api/undo'
import type { Actor } from '@projectionist/shared/events/event'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Caller } from '../../platform/http/caller.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { ItemSummaries } from '../../platform/item-summaries.js'
import { UndoBasis } from './undo-basis.js'
import { played } from './played.js'
import { preview } from './preview.js'
import { mayTakeBack } from './rights.js'
import { countKinds } from './selection.js'
import { leftAsItIs } from './subjects.js'
import { CancelUndo, RequestUndo } from './undo.js'
import { findUndo, toUndo, type UndoRow } from './undo-rows.js'

const MOST_LEFT = 500

interface ConflictRow {
  readonly stream_id: string
  readonly event_id: string
  readonly type: string
  readonly why: string
  readonly since: string | null
  readonly since_type: string | null
  readonly since_at: string | null
  readonly actor_user: string | null
  readonly actor_name: string | null
}

@Controller()
export class UndosHttp {
  constructor(
    private readonly parts: UndoBasis,
    private readonly summaries: ItemSummaries,
  ) {}

  @Handle(previewUndo)
  async previewUndo({ body }: Request<typeof previewUndo>, exchange: Exchange): Promise<Response<typeof previewUndo>> {
    await exchange.reads('history', 'items', 'libraries', 'known_files', 'scans', 'users')
    return preview(this.parts, exchange.caller, body)
  }

  @Handle(requestUndo)
  async requestUndo(
    { body: { selection } }: Request<typeof requestUndo>,
    exchange: Exchange,
  ): Promise<Response<typeof requestUndo>> {
    await exchange.reads('history', 'scans')
    const chosen = await mayTakeBack(this.parts, selection, exchange.caller)
    const undoId = exchange.newId('undo')
    const events = (await countKinds(this.parts.sql, chosen)).reduce((sum, { count }) => sum + count, 0)
    // All that it brings about belongs together, and can be taken back by its id.
    const by = { ...exchange.by('take something back'), correlationId: undoId }
    await exchange.run(new RequestUndo({ undoId, personal: chosen.personal, selection, events }, by))
    await exchange.shown('undos')
    return { id: undoId }
  }

  @Handle(getUndo)
  async getUndo({ params: { id } }: Request<typeof getUndo>, exchange: Exchange): Promise<Response<typeof getUndo>> {
    return toUndo(await this.#find(id, exchange))
  }

  @Handle(getUndoConflicts)
  async getUndoConflicts(
    { params: { id } }: Request<typeof getUndoConflicts>,
    exchange: Exchange,
  ): Promise<Response<typeof getUndoConflicts>> {
    await this.#find(id, exchange)
    const rows = await this.parts.sql.query<ConflictRow>(
      `select c.stream_id, c.event_id, c.type, c.why, c.since, h.type as since_type, h.at as since_at, h.actor_user, h.actor_name
       from (select * from read.undo_conflicts where undo_id = $1 order by position, ordinal limit $2) c
       left join read.history h on h.event_id = c.since order by c.position, c.ordinal`,
      [id, MOST_LEFT + 1],
    )
    const left = rows.slice(0, MOST_LEFT).map(row => {
      const actor: Actor =
        row.actor_user !== null ? { kind: 'user', userId: row.actor_user } : { kind: 'process', name: row.actor_name ?? '' }
      const since =
        row.since !== null && row.since_type !== null
          ? { eventId: row.since, type: row.since_type, at: row.since_at!, actor }
          : undefined
      return { streamId: row.stream_id, eventId: row.event_id, type: row.type, why: row.why, since }
    })
    return { left: await leftAsItIs(this.parts.sql, exchange.caller, left), more: rows.length > MOST_LEFT }
  }

  @Handle(changeUndo)
  async changeUndo({ params: { id } }: Request<typeof changeUndo>, exchange: Exchange): Promise<void> {
    const row = await this.#find(id, exchange)
    const by = { ...exchange.by('cancel an undo'), correlationId: id, causationId: id }
    await exchange.run(new CancelUndo({ undoId: id, personal: row.personal ? row.user_id! : undefined }, by))
    await exchange.shown('undos')
  }

  @Handle(getPlayed)
  async getPlayed({ query: { from, to } }: Request<typeof getPlayed>, exchange: Exchange): Promise<Response<typeof getPlayed>> {
    await exchange.reads('history', 'items', 'watch_state')
    return played(this.parts, this.summaries, exchange.caller, from, to)
  }

  /** Throws `undo-not-found`, also for one that is not the caller's to see. */
  async #find(id: string, exchange: Exchange): Promise<UndoRow> {
    await exchange.reads('undos')
    const row = await findUndo(this.parts.sql, id)
    if (!row || !maySeeUndo(exchange.caller, row)) throw new DomainError('undo-not-found')
    return row
  }
}

/** What somebody takes back of their own playing is theirs alone; the rest concerns all who look after libraries. */
const maySeeUndo = (caller: Caller, row: UndoRow): boolean =>
  row.user_id === caller.userId || (!row.personal && caller.role === 'admin')
