import type { Query } from '../../platform/sql/sql.js'
import { NOBODY } from './about.js'
import type { HistoryFilter, Sought } from './sought.js'
import { Values, type Viewer } from './viewer.js'
import { afterAll, hasWordOf } from './words.js'

export interface EntryPage {
  /** Positions, newest first. */
  readonly positions: readonly number[]
  readonly next: number | null
}

/** Entries looked at for one page, at most. */
const BUDGET = 1000
/** Lines that a scan may stand in, and things of a name, at most. */
const MOST_LINES = 500

interface Arm {
  readonly column: 'item_id' | 'group_id' | 'owner' | 'actor_user' | 'library_id' | 'cause_id' | 'subject' | 'type' | 'actor_name' | 'actor_device'
  readonly values: readonly string[]
  readonly and?: string
}

/** A page of entries that are all that is sought; as with lines, it may be short, even empty, and yet have a next. */
export async function entriesPage(sql: Query, viewer: Viewer, filter: HistoryFilter, sought: Sought, cursor: number, limit: number): Promise<EntryPage> {
  const known: Known = {
    lines: await linesOf(sql, viewer, filter),
    causes: filter.cause === undefined ? undefined : await causesOf(sql, filter.cause),
  }
  const values = new Values()
  const { arms, asked } = startOf(viewer, filter, sought, known)
  const conditions = conditionsOf(values, viewer, filter, sought, known, asked)
  const size = Math.max(1, arms.reduce((sum, arm) => sum + arm.values.length, 0))
  const each = conditions.length === 0 ? limit + 1 : Math.max(limit + 1, Math.floor(BUDGET / size))
  const bounds = `position < ${values.add(Math.min(cursor, sought.below), 'bigint')} and position > ${values.add(sought.above, 'bigint')}`
    + (viewer.only === null ? '' : ` and owner = ${values.add(viewer.only, 'uuid')}`)
  const rows = arms.map(
    ({ column, values: wanted, and = '' }) =>
      `select '${column} ' || x.value as arm, h.position from unnest(${values.add(wanted, isText(column) ? 'text[]' : 'uuid[]')}) x(value) cross join lateral (
         select position from read.history where ${column} = x.value ${and} and ${bounds} order by position desc limit ${each}) h`,
  )
  const driver = rows.length > 0 ? rows.join('\n union all ') : `select 'all' as arm, position from (select position from read.history where ${bounds} order by position desc limit ${each}) h`
  const found = await sql.query<{ position: number | null; boundary: number | null }>(
    `with rows as materialized (${driver}),
       boundary as (select max(last) as position from (select min(position) as last from rows group by arm having count(*) >= ${each}) cut),
       passing as (
         select r.position from (
           select distinct position from rows where position >= coalesce((select position from boundary), 0) order by position desc
         ) r ${conditions.length > 0 ? `cross join lateral (select from read.history h where h.position = r.position and ${conditions.join('\n and ')}) h` : ''}
         order by r.position desc limit ${limit + 1})
     select p.position, b.position as boundary from boundary b left join passing p on true order by p.position desc`,
    values.all,
  )
  const all = found.flatMap(({ position }) => (position === null ? [] : [position]))
  const positions = all.slice(0, limit)
  return { positions, next: all.length > limit ? positions.at(-1)! : (found[0]?.boundary ?? null) }
}

const isText = (column: Arm['column']): boolean => column === 'subject' || column === 'type' || column === 'actor_name' || column === 'actor_device'

/** What else is known when a page is looked for: the lines of a scan, what stands as the cause of what an entry led to. */
interface Known {
  readonly lines: readonly string[] | undefined
  readonly causes: readonly string[] | undefined
}
type Asked = 'causes' | 'items' | 'lines' | 'named' | 'subject' | 'device' | 'user' | 'library' | 'kind' | 'process'

const ownedBy = (values: readonly string[]): Arm => ({ column: 'owner', values, and: `and owner <> '${NOBODY}'` })

/** Where to look: the narrowest of what is asked for, which then needs no further look. */
function startOf({ only }: Viewer, filter: HistoryFilter, sought: Sought, { lines, causes }: Known): { readonly arms: readonly Arm[]; readonly asked?: Asked } {
  const { subject, device, user, library, kind, process } = filter
  const arm = (asked: Asked, column: Arm['column'], ...values: string[]) => ({ arms: [{ column, values }], asked })
  if (causes) return { arms: [{ column: 'cause_id', values: causes }] }
  if (sought.items) return arm('items', 'item_id', ...sought.items)
  if (subject !== undefined)
    return { asked: 'subject', arms: [{ column: 'item_id', values: [subject] }, { column: 'subject', values: [subject], and: `and category not in ('item', 'playback')` }] }
  if (lines) return arm('lines', 'group_id', ...lines)
  if (only !== null) return { arms: [ownedBy([only])] }
  if (sought.named && !sought.byName && sought.named.length <= MOST_LINES) {
    const values = sought.named
    return { asked: 'named', arms: [{ column: 'item_id', values }, ownedBy(values), { column: 'actor_user', values }, { column: 'library_id', values }] }
  }
  if (device !== undefined) return arm('device', 'actor_device', device)
  if (user !== undefined) return { asked: 'user', arms: [ownedBy([user]), { column: 'actor_user', values: [user] }] }
  if (library !== undefined) return arm('library', 'library_id', library)
  if (kind) return arm('kind', 'type', ...kind)
  if (process !== undefined) return arm('process', 'actor_name', process)
  return { arms: [] }
}

/** What rows have to fulfil that were found by the arm for `looked`. */
function conditionsOf(values: Values, { libraries }: Viewer, filter: HistoryFilter, sought: Sought, { lines, causes }: Known, looked: Asked | undefined): string[] {
  const { device, user, library, kind, process, owner, subject, group } = filter
  const asked = (name: Asked | 'owner' | 'from' | 'to', value: unknown, type: string, condition: (place: string) => string): string[] =>
    value === undefined || name === looked ? [] : [condition(values.add(value, type))]
  return [
    ...asked('causes', causes, 'uuid[]', ids => `h.command_id <> all(${ids})`),
    ...asked('items', sought.items, 'uuid[]', ids => `h.item_id = any(${ids})`),
    ...asked('lines', lines, 'uuid[]', ids => `h.group_id = any(${ids})`),
    ...asked('named', sought.named, 'uuid[]', ids => `(h.item_id = any(${ids}) or h.owner = any(${ids}) or h.actor_user = any(${ids}) or h.library_id = any(${ids})
      or h.reason = any(${keysOf('reason', ids)}) or h.actor_device = any(${keysOf('device', ids)}) or h.actor_name = any(${keysOf('process', ids)}))`),
    ...asked('owner', owner ?? (group && NOBODY), 'uuid', id => `h.owner = ${id}`),
    ...asked('subject', subject, 'text', id => `(h.subject = ${id} or h.item_id::text = ${id})`),
    ...asked('device', device, 'text', id => `h.actor_device = ${id}`),
    ...asked('user', user, 'uuid', id => `(h.owner = ${id} or h.actor_user = ${id})`),
    ...asked('library', library, 'uuid', id => `h.library_id = ${id}`),
    ...asked('kind', kind, 'text[]', types => `h.type = any(${types})`),
    ...asked('process', process, 'text', name => `h.actor_name = ${name}`),
    ...asked('from', sought.from, 'timestamptz', at => `h.at >= ${at}`),
    ...asked('to', sought.to, 'timestamptz', at => `h.at < ${at}`),
    ...sought.words.map(word => wordOf(values, word)),
    ...(libraries === null ? [] : [`(h.item_id is null or exists (select from read.items i where i.id = h.item_id and i.library_id = any(${values.add(libraries, 'uuid[]')})))`]),
  ]
}

/** What requests and rows call those of some marks that go by a name of this kind. */
const keysOf = (kind: string, ids: string): string => `array(select key from read.history_names where id = any(${ids}) and kind = '${kind}')`

const wordOf = (values: Values, word: string): string =>
  hasWordOf('= any(array[h.item_id, h.owner, h.actor_user, h.library_id])', values.add(word, 'text'), values.add(afterAll(word), 'text'))

/** The lines that a group or a scan stands in; undefined when none was asked for. */
async function linesOf(sql: Query, { only }: Viewer, { group, scan }: HistoryFilter): Promise<readonly string[] | undefined> {
  if (scan === undefined) return group === undefined ? undefined : [group]
  const rows = await sql.query<{ group_id: string }>(
    `select distinct group_id from (
       select group_id from read.history_marks where mark = $1 and ($2::uuid is null or owner = $2) order by position desc limit ${MOST_LINES}
     ) lines where $3::uuid is null or group_id = $3`,
    [scan, only, group ?? null],
    'history_lines',
  )
  return rows.map(row => row.group_id)
}

/** What stands as the cause in events that an event led to: itself, or the command it came of. */
async function causesOf(sql: Query, eventId: string): Promise<readonly string[]> {
  const [row] = await sql.query<{ command_id: string }>('select command_id from read.history where event_id = $1', [eventId], 'history_command')
  return row ? [eventId, row.command_id] : [eventId]
}
