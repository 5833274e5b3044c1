import type { Actor } from '@projectionist/shared/events/event'
import type { CauseOfChange, SubjectChange } from '@projectionist/shared/api/time-travel'
import type { EventStore, Position, RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Caller } from '../../platform/http/caller.js'
import type { Query } from '../../platform/sql/sql.js'
import { differences, type Portraits } from './portraits.js'
import { mayKnow, namesOf, subjectsOf, told } from './subjects.js'

interface Parts {
  readonly sql: Query
  readonly store: EventStore
  readonly portraits: Portraits
}

/** After `from`, up to and with `to`. */
export interface Span {
  readonly from: Position
  readonly to: Position
}

interface CauseRow {
  readonly group_id: string
  readonly owner: string
  readonly position: Position
  readonly at: string
  readonly last_position: Position
  readonly last_at: string
  readonly entries: number
  readonly type: string
  readonly reason: string
  readonly actor_kind: 'user' | 'process'
  readonly actor_user: string | null
  readonly actor_name: string | null
}
type CauseKey = Pick<CauseRow, 'group_id' | 'owner'>

/** What stands in a row that is nobody's own. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
/** Events of each cause that are looked at for its first subjects. */
const FIRST_EVENTS = 25
/** Causes that began before the span are looked for in steps of so many. */
const STEP = 20_000
/** Causes without a difference, such as sign-ins, are passed over, but not without end. */
const MOST_ROUNDS = 5

const select = `
  select g.group_id, g.owner, g.position, g.at, g.last_position, g.last_at, g.entries, h.type, h.reason, h.actor_kind, h.actor_user, h.actor_name
  from (%) g join read.history h on h.position = g.position order by g.position desc`
const begun = select.replace('%', 'select * from read.history_groups where position > $1 and position <= $2 order by position desc limit $3')
/** What began before the span and went on into it. */
const goneOn = select.replace('%', `select * from (select * from read.history_groups where position <= $2 order by position desc limit ${STEP}) s where last_position > $1`)
const stepEnd = `select position from read.history_groups where position <= $1 order by position desc offset ${STEP} limit 1`

/**
 * What changed in a span, by cause, the cause that began last first, from the causes that began at `before` on. Work and memory
 * are bounded whatever lies between: a page may hold fewer causes than asked for, and even none, while there are more.
 */
export async function differencesOf(parts: Parts, caller: Caller, span: Span, before: Position, limit: number): Promise<{ causes: CauseOfChange[]; next: Position | null }> {
  const causes: CauseOfChange[] = []
  let next: Position | null = before
  for (let round = 0; round < MOST_ROUNDS && next !== null && causes.length < limit; round++) {
    const page: { rows: readonly CauseRow[]; next: Position | null } = await causesOf(parts.sql, span, next, limit)
    causes.push(...(await toldOf(parts, caller, span, page.rows)))
    next = page.next
  }
  return { causes, next }
}

/** `before`, inclusive, is in the span, or below it where causes are looked for that went on into it. */
async function causesOf(sql: Query, { from, to }: Span, before: Position, limit: number): Promise<{ rows: readonly CauseRow[]; next: Position | null }> {
  if (before > from) {
    const rows = await sql.query<CauseRow>(begun, [from, Math.min(to, before), limit], 'causes_begun')
    return { rows, next: rows.length === limit ? rows.at(-1)!.position - 1 : from > 0 ? from : null }
  }
  const rows = await sql.query<CauseRow>(goneOn, [from, before], 'causes_gone_on')
  const [end] = await sql.query<{ position: Position }>(stepEnd, [before], 'causes_step')
  return { rows, next: end ? end.position : null }
}

async function toldOf(parts: Parts, caller: Caller, span: Span, rows: readonly CauseRow[]): Promise<CauseOfChange[]> {
  if (rows.length === 0) return []
  const names = await namesOf(parts.sql, rows.flatMap(row => row.actor_user ?? []))
  const changed = await changesOf(parts, caller, span, rows, FIRST_EVENTS, 0)
  return rows.flatMap((row, index) => {
    const { subjects, next } = changed[index]!
    // What left everything as it was is no difference.
    if (subjects.length === 0 && next === null) return []
    const actor: Actor = row.actor_kind === 'user' ? { kind: 'user', userId: row.actor_user! } : { kind: 'process', name: row.actor_name ?? '' }
    return [
      {
        id: row.group_id,
        owner: row.owner === NOBODY ? null : row.owner,
        at: row.at,
        until: row.last_at,
        actor,
        actorName: actor.kind === 'user' ? (names.get(actor.userId) ?? '') : actor.name,
        reason: row.reason,
        type: row.type,
        events: row.entries,
        partly: row.position <= span.from || row.last_position > span.to,
        subjects,
        next: next === null ? null : String(next),
      },
    ]
  })
}

/** More of what one cause changed, from the event after `after` on. */
export async function changesOfCause(parts: Parts, caller: Caller, span: Span, id: string, owner: string | undefined, after: Position, limit: number): Promise<{ subjects: SubjectChange[]; next: Position | null }> {
  const [found] = await changesOf(parts, caller, span, [{ group_id: id, owner: owner ?? NOBODY }], limit, after)
  return found!
}

/** For each cause what its next events changed: a subject stands where the cause first touched it. */
async function changesOf(parts: Parts, caller: Caller, span: Span, causes: readonly CauseKey[], limit: number, after: Position): Promise<{ subjects: SubjectChange[]; next: Position | null }[]> {
  const from = Math.max(span.from, after)
  const rows = await parts.sql.query<{ ord: number; position: Position; stream_id: string }>(
    `select c.ord::int, e.position, e.stream_id from unnest($1::uuid[], $2::uuid[]) with ordinality c(group_id, owner, ord)
     cross join lateral (
       select position, stream_id from read.history h where h.group_id = c.group_id and h.owner = c.owner and h.position > $3 and h.position <= $4
       order by position limit $5) e`,
    [causes.map(cause => cause.group_id), causes.map(cause => cause.owner), from, span.to, limit + 1],
    'changes_of_causes',
  )
  const byCause = Map.groupBy(rows, ({ ord }) => ord - 1)
  const wanted = [...new Set(rows.map(row => row.stream_id))]
  const streams = new Map((await parts.store.readMany(wanted)).map((events, index) => [wanted[index]!, events]))
  const subjects = await subjectsOf(parts.sql, wanted)
  return causes.map((cause, index) => {
    const all = byCause.get(index) ?? []
    const page = all.slice(0, limit)
    const touched = [...new Set(page.map(row => row.stream_id))].flatMap(streamId => {
      const events = streams.get(streamId)!
      const its = events.filter(event => event.position > span.from && event.position <= span.to && belongs(event, cause.group_id))
      // It was told of on the page on which it was touched first.
      if (its.length === 0 || its[0]!.position <= from || !mayKnow(caller, subjects.get(streamId)!)) return []
      const change = changeBy(parts.portraits, events, its, span)
      return change.changes.length > 0 ? [{ subject: told(subjects.get(streamId)!), ...change }] : []
    })
    return { subjects: touched, next: all.length > limit ? page.at(-1)!.position : null }
  })
}

/** Of a play all events are one line of the history, whatever command each came from. */
const belongs = ({ metadata, data }: RecordedEvent, groupId: string): boolean =>
  (data as { playId?: string }).playId === groupId || metadata.correlationId === groupId

function changeBy(portraits: Portraits, events: readonly RecordedEvent[], its: readonly RecordedEvent[], { from, to }: Span): Omit<SubjectChange, 'subject'> {
  const [first, last] = [its[0]!.position, its.at(-1)!.position]
  return {
    events: its.length,
    isNew: first === events[0]!.position,
    changes: differences(portraits.asOf(events, first - 1), portraits.asOf(events, last)),
    undone: differences(portraits.asOf(events, from), portraits.asOf(events, to)).length === 0,
  }
}
