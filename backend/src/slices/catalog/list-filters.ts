import type { ItemsIndexQuery } from '@projectionist/shared/api/items'
import type { z } from 'zod'
import type { Caller } from '../../platform/http/caller.js'
import type { Query } from '../../platform/sql/sql.js'
import { idSet } from './index/id-set.js'
import type { ListFilters } from './index/selection.js'

type Asked = Partial<z.output<typeof ItemsIndexQuery>>

/** The filters of a request, with what only SQL knows looked up: what the person watched, what somebody is in. */
export async function listFilters(sql: Query, caller: Caller, asked: Asked): Promise<ListFilters> {
  const only: string[][] = []
  const without: string[][] = []
  if (asked.person !== undefined) only.push(await ids(sql, 'select item_id as id from read.people where name = $1', [asked.person]))
  const state = (condition: string) => ids(sql, `select item_id as id from read.watch_state where user_id = $1 and ${condition}`, [caller.userId])
  if (asked.watched === 'watched') only.push(await state('watched'))
  if (asked.watched === 'in-progress') only.push(await state('unfinished'))
  if (asked.watched === 'unwatched') without.push(await state('watched'))
  const { library, kind, parent, genre, year, quality, q } = asked
  return { library, kind, parent, genre, year, quality, q, only: only.map(idSet), without: without.map(idSet) }
}

async function ids(sql: Query, text: string, values: unknown[]): Promise<string[]> {
  return (await sql.query<{ id: string }>(text, values)).map(row => row.id)
}
