import type { getHistory } from '@projectionist/shared/api/history'
import type { Request } from '@projectionist/shared/api/endpoint'
import type { Query } from '../../platform/sql/sql.js'
import { visibleTo } from '../../platform/visibility.js'
import { markOf } from './about.js'
import type { Viewer } from './viewer.js'
import { afterAll, hasWordOf, isNamed, startsWord, wordsOf } from './words.js'

export type HistoryFilter = Partial<Omit<Request<typeof getHistory>['query'], 'limit' | 'cursor' | 'changes'>>

/** One thing that is asked of a line: that it touches one of these. `few`: looking there first finds it fast. */
export interface Want {
  readonly marks: readonly string[]
  readonly few: boolean
}

/** A filter in terms of the tables. */
export interface Sought {
  readonly wants: readonly Want[]
  /** Words that each have to be found on something a line touches, and that are on too many things to list them. */
  readonly words: readonly string[]
  /** The item asked for with all inside it that the person may see. */
  readonly items: readonly string[] | undefined
  /** Things whose words are asked for; undefined: no words, or on too many things. */
  readonly named: readonly string[] | undefined
  /** Reasons, devices or parts of the server are among them. */
  readonly byName: boolean
  readonly from: string | undefined
  readonly to: string | undefined
  /** Positions between which all times asked for lie; exclusive. */
  readonly above: number
  readonly below: number
}

export const LAST = Number.MAX_SAFE_INTEGER
/** Clocks of nodes differ; positions are in the order of appends. */
const CLOCKS_DIFFER_MS = 60_000
const MOST_NAMED = 1000
/** Things with one word that are asked for others, at most. */
const MOST_COMPARED = 10_000

/** Finds out what a filter asks for. */
export async function seek(sql: Query, viewer: Viewer, filter: HistoryFilter): Promise<Sought> {
  const { item, subject, scan, library, user, device, process, kind, q, from, to } = filter
  const [items, text, above, below] = await Promise.all([
    item === undefined ? undefined : inside(sql, viewer, item),
    searched(sql, viewer, wordsOf(q ?? '')),
    from === undefined ? 0 : positionAt(sql, Date.parse(from) - CLOCKS_DIFFER_MS, 'before'),
    to === undefined ? LAST : positionAt(sql, Date.parse(to) + CLOCKS_DIFFER_MS, 'after'),
  ])
  const one = (mark: string | undefined, few: boolean): Want[] => (mark === undefined ? [] : [{ marks: [mark], few }])
  return {
    wants: [
      ...(items ? [{ marks: items, few: true }] : []),
      ...one(scan, true),
      ...one(subject, true),
      ...text.wants,
      ...one(device && markOf('device', device), false),
      ...one(user, false),
      ...one(library, false),
      ...(kind ? [{ marks: kind.map(type => markOf('kind', type)), few: false }] : []),
      ...one(process && markOf('process', process), false),
    ],
    words: text.words,
    named: text.named,
    byName: text.named !== undefined && (await namesAmong(sql, text.named)),
    items,
    from,
    to,
    above,
    below,
  }
}

/** An item and all inside it, as far as the person may see it. One that left the catalogue counts where nothing is hidden. */
async function inside(sql: Query, { libraries }: Viewer, item: string): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `with recursive inside as (
       select i.id from read.items i where i.id = $1 and ${visibleTo('i', 2)}
       union select c.id from inside p join read.items c on c.parent_id = p.id where ${visibleTo('c', 2)}
     ) select id from inside`,
    [item, libraries],
    'history_inside',
  )
  return rows.length > 0 || libraries ? rows.map(({ id }) => id) : [item]
}

/**
 * What goes by these words, the last of which may be unfinished, as all may: things with all of them; where nothing has, lines
 * that have each of them somewhere. Whoever sees only their own is answered from their own lines.
 */
async function searched(sql: Query, viewer: Viewer, words: readonly string[]): Promise<Pick<Sought, 'wants' | 'words' | 'named'>> {
  if (words.length === 0) return { wants: [], words: [], named: undefined }
  if (viewer.only !== null) return { wants: [], words, named: undefined }
  const found = await Promise.all(words.map(async word => ({ word, marks: await markedBy(sql, word) })))
  const rare = found.filter(({ marks }) => marks !== undefined).toSorted((a, b) => a.marks!.length - b.marks!.length)
  const common = found.filter(({ marks }) => marks === undefined).map(({ word }) => word)
  if (rare.length === 0) {
    const all = words.length > 1 ? await withAll(sql, words) : undefined
    return all ? { wants: [{ marks: all, few: true }], words: [], named: all } : { wants: [], words, named: undefined }
  }
  let together: readonly string[] = rare[0]!.marks!.filter(mark => rare.every(({ marks }) => marks!.includes(mark)))
  for (const word of common) together = await among(sql, together, word)
  if (together.length > 0) return { wants: [{ marks: together, few: true }], words: [], named: together }
  return { wants: rare.map(({ marks }) => ({ marks: marks!, few: true })), words: common, named: rare[0]!.marks! }
}

async function namesAmong(sql: Query, marks: readonly string[]): Promise<boolean> {
  const rows = await sql.query(`select from read.history_names where id = any($1::uuid[]) and kind in ('device', 'process', 'reason') limit 1`, [marks])
  return rows.length > 0
}

async function markedBy(sql: Query, word: string): Promise<readonly string[] | undefined> {
  const rows = await sql.query<{ mark: string }>(
    `select distinct mark from (
       (select mark from read.history_words where word ~>=~ $1 and word ~<~ $2 limit ${MOST_NAMED + 1})
       union all (select id from read.history_names where ${isNamed('kind', 'name', '$3')})
     ) found`,
    [word, afterAll(word), startsWord(word)],
  )
  return rows.length > MOST_NAMED ? undefined : rows.map(({ mark }) => mark)
}

/** Things with all of several words that many have; undefined when too many have even the longest, or all of them. */
async function withAll(sql: Query, words: readonly string[]): Promise<readonly string[] | undefined> {
  const [longest, ...others] = words.toSorted((a, b) => b.length - a.length) as [string, ...string[]]
  const has = others.map((_, index) => hasWordOf('= s.mark', `$${index * 2 + 3}`, `$${index * 2 + 4}`))
  const rows = await sql.query<{ mark: string; cut: boolean }>(
    `with these as materialized (select mark from read.history_words where word ~>=~ $1 and word ~<~ $2 limit ${MOST_COMPARED + 1})
     select distinct s.mark, (select count(*) from these) > ${MOST_COMPARED} as cut from these s where ${has.join(' and ')} limit ${MOST_NAMED + 1}`,
    [longest, ...others].flatMap(word => [word, afterAll(word)]),
  )
  return rows.length === 0 || rows[0]!.cut || rows.length > MOST_NAMED ? undefined : rows.map(({ mark }) => mark)
}

async function among(sql: Query, marks: readonly string[], word: string): Promise<readonly string[]> {
  const rows = await sql.query<{ mark: string }>(
    `select mark from read.history_words where mark = any($1::uuid[]) and word ~>=~ $2 and word ~<~ $3
     union select id from read.history_names where id = any($1::uuid[]) and ${isNamed('kind', 'name', '$4')}`,
    [marks, word, afterAll(word), startsWord(word)],
  )
  return rows.map(({ mark }) => mark)
}

async function positionAt(sql: Query, ms: number, which: 'before' | 'after'): Promise<number> {
  const [compare, order] = which === 'before' ? ['<', 'desc'] : ['>=', '']
  const [row] = await sql.query<{ position: number }>(
    `select position from read.history where at ${compare} $1 order by at ${order}, position ${order} limit 1`,
    [new Date(ms).toISOString()],
    `history_${which}`,
  )
  return row?.position ?? (which === 'before' ? 0 : LAST)
}
