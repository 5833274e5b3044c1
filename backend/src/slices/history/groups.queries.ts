import type { HistoryStory } from '@projectionist/shared/api/history'
import type { Query } from '../../platform/sql/sql.js'
import { visibleTo } from '../../platform/visibility.js'
import { LAST, type Sought, type Want } from './sought.js'
import { Values, type Viewer } from './viewer.js'
import { afterAll, hasWordOf, isNamed, startsWord } from './words.js'

export interface GroupRow {
  readonly group_id: string
  readonly owner: string
  /** Of the first entry that the person sees. */
  readonly first_position: number
  readonly last_position: number
  readonly last_at: string
  readonly entries: number
  readonly counts: Readonly<Record<string, number>>
  readonly story: HistoryStory
  readonly alone: boolean
  readonly first_data: unknown
  readonly first_version: number
  /** Place in the list. */
  readonly position: number
  readonly at: string
}
export interface GroupPage {
  readonly rows: readonly GroupRow[]
  readonly next: number | null
}

/** Lines looked at for one page, at most; with words on each, fewer. */
const BUDGET = 1000
const BUDGET_WITH_WORDS = 150
/** Marks of one line in which words are looked for. */
const MOST_MARKS = 1000
/** Marks of all lines in which words are looked for on one page: a few scans have as many as all plays of a year. */
const MOST_LOOKED_AT = 3000
/** Entries of one line that are counted for somebody who does not see all of them. */
const MOST_COUNTED = 5000

/**
 * A page of lines that touch all that is sought, newest first. Looks at so many lines only, so that every page comes fast: it may
 * be short, even empty, and yet have a next.
 */
export async function groupsPage(sql: Query, viewer: Viewer, sought: Sought, cursor: number, limit: number): Promise<GroupPage> {
  const values = new Values()
  const driver = driverOf(viewer, sought)
  const others = sought.wants.filter(want => want !== driver)
  const checked = others.length > 0 || sought.words.length > 0 || (viewer.libraries !== null && viewer.only !== null)
  const most = sought.words.length > 0 ? BUDGET_WITH_WORDS : BUDGET
  const each = checked ? Math.max(limit + 1, Math.min(most, Math.floor(20_000 / (driver?.marks.length ?? 1)))) : limit + 1
  const until = values.add(Math.min(cursor, sought.below), 'bigint')
  const bounds = `position < ${until} and position > ${values.add(sought.above, 'bigint')}`
    + (viewer.only === null ? '' : ` and owner = ${values.add(viewer.only, 'uuid')}`)
  const within = [
    ...(sought.from === undefined ? [] : [`h.at >= ${values.add(sought.from, 'timestamptz')}`]),
    ...(sought.to === undefined ? [] : [`h.at < ${values.add(sought.to, 'timestamptz')}`]),
  ]
  const rows = driver
    ? `select x.mark, m.* from unnest(${values.add(driver.marks, 'uuid[]')}) x(mark) cross join lateral (
         select group_id, owner, position from read.history_marks where mark = x.mark and ${bounds} order by position desc limit ${each}) m`
    : `select null::uuid as mark, group_id, owner, position from (select * from read.history_groups where ${bounds} order by position desc limit ${each}) g`
  const conditions = [
    // What has another of the marks further up stood on an earlier page.
    ...(driver && driver.marks.length > 1 && cursor < LAST
      ? [`not ${touching(values, driver.marks, `and m.position >= ${until} and m.position < ${values.add(sought.below, 'bigint')}`)}`]
      : []),
    ...others.map(({ marks }) => touching(values, marks)),
    ...(within.length > 0 ? [`exists (select from read.history h where h.position = l.position and ${within.join(' and ')})`] : []),
    ...sought.words.map(word => hasWord(values, viewer, word)),
  ]
  const found = await sql.query<Partial<GroupRow> & { boundary: number | null }>(
    `with rows as materialized (${rows}),
       lines as (${sought.words.length > 0 ? weighed : collected}),
       boundary as (select greatest(
         (select max(last) from (select min(position) as last from rows group by mark having count(*) >= ${each}) cut),
         ${sought.words.length > 0 ? `(select min(position) filter (where before < ${MOST_LOOKED_AT}) from lines having max(before) >= ${MOST_LOOKED_AT})` : 'null'}) as position),
       near as materialized (select l.* from lines l, boundary b where b.position is null or l.position >= b.position),
       passing as (select l.* from near l ${conditions.length > 0 ? `where ${conditions.join('\n and ')}` : ''} order by l.position desc limit ${limit + 1})
     select p.position, h.at, g.group_id, g.owner, g.position as first_position, g.last_position, g.last_at, g.entries, g.counts, g.story, g.alone, g.first_data, g.first_version,
       b.position as boundary
     from boundary b left join (passing p join read.history_groups g on g.group_id = p.group_id and g.owner = p.owner
       join read.history h on h.position = p.position) on true
     order by p.position desc`,
    values.all,
  )
  const all = found.filter((row): row is GroupRow & { boundary: number | null } => row.group_id !== undefined && row.group_id !== null)
  const shown = all.slice(0, limit)
  const next = all.length > limit ? shown.at(-1)!.position : (found[0]?.boundary ?? null)
  return { rows: viewer.libraries === null ? shown : await asSeen(sql, viewer, shown), next }
}

const collected = 'select group_id, owner, max(position) as position from rows group by group_id, owner'
/** With how many entries stand before each, as far as words are looked for in them. */
const weighed = `select f.*, sum(least(g.entries, ${MOST_MARKS})) over (order by f.position desc) - least(g.entries, ${MOST_MARKS}) as before
  from (${collected}) f join read.history_groups g on g.group_id = f.group_id and g.owner = f.owner`

/** Whether a line touches one of these. By `offset` PostgreSQL looks at the lines in hand, one by one, and never at all there are. */
const touching = (values: Values, marks: readonly string[], and = ''): string =>
  `exists (select from read.history_line_marks m where ${sameLine('m')} and m.mark = any(${values.add(marks, 'uuid[]')}) ${and} offset 0)`

const sameLine = (alias: string): string => `${alias}.group_id = l.group_id and ${alias}.owner = l.owner`

/** Where to begin to look: where little is to be found. Whoever sees only their own begins there, else. */
const driverOf = ({ only }: Viewer, { wants }: Sought): Want | undefined => wants.find(({ few }) => few) ?? (only === null ? wants[0] : undefined)

function hasWord(values: Values, { libraries }: Viewer, word: string): string {
  const seen = libraries === null ? '' : `and (exists (select from read.items i where i.id = m.mark and i.library_id = any(${values.add(libraries, 'uuid[]')}))
    or not exists (select from read.history_names n where n.id = m.mark and n.kind = 'item'))`
  return `exists (select from (select mark from read.history_line_marks m where ${sameLine('m')} limit ${MOST_MARKS}) m
    where (${hasWordOf('= m.mark', values.add(word, 'text'), values.add(afterAll(word), 'text'))}
      or exists (select from read.history_names n where n.id = m.mark and ${isNamed('n.kind', 'n.name', values.add(startsWord(word), 'text'))})) ${seen})`
}

/** The lines as they are for somebody who does not see all items: counted from the entries they see; gone where they see none. */
async function asSeen(sql: Query, { libraries }: Viewer, rows: readonly GroupRow[]): Promise<readonly GroupRow[]> {
  if (rows.length === 0) return rows
  const counted = await sql.query<{ ord: number; type: string; count: number; first: number; last: number; last_at: string }>(
    `select k.ord::int as ord, h.type, count(*)::int as count, min(h.position) as first, max(h.position) as last, max(h.at) as last_at
     from unnest($1::uuid[], $2::uuid[]) with ordinality k(group_id, owner, ord) cross join lateral (
       select e.type, e.position, e.at from read.history e left join read.items i on i.id = e.item_id
       where e.group_id = k.group_id and e.owner = k.owner and (e.item_id is null or ${visibleTo('i', 3)}) limit ${MOST_COUNTED}) h
     group by k.ord, h.type`,
    [rows.map(row => row.group_id), rows.map(row => row.owner), libraries],
    'history_groups_as_seen',
  )
  const byLine = Map.groupBy(counted, ({ ord }) => ord)
  return rows.flatMap((row, index) => {
    const kinds = byLine.get(index + 1)
    if (!kinds) return []
    return [
      {
        ...row,
        entries: kinds.reduce((sum, { count }) => sum + count, 0),
        counts: Object.fromEntries(kinds.map(({ type, count }) => [type, count])),
        first_position: Math.min(...kinds.map(({ first }) => first)),
        last_position: Math.max(...kinds.map(({ last }) => last)),
        last_at: kinds.map(({ last_at }) => last_at).toSorted().at(-1)!,
      },
    ]
  })
}
