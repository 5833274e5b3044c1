import { identifier, type Query } from '../../sql/sql.js'
import type { RecordedEvent } from '../event-store.js'
import { keyText, type Fold, type Key, type Projection, type Row, type Sweep, type Table } from '../projection.js'

interface Entry {
  readonly key: Key
  /** As it stands in PostgreSQL. */
  readonly before: Row | undefined
  now: Row | undefined
}

const keyOf = (table: Table, row: Row): Key => table.key.map(column => row[column] as string | number)
const sqlType = (table: Table, column: string): string => table.columns[column]!.replace('?', '')
const columnsOf = (table: Table): string[] => Object.keys(table.columns)
const same = (a: Row, b: Row, table: Table): boolean =>
  columnsOf(table).every(column => a[column] === b[column] || JSON.stringify(a[column]) === JSON.stringify(b[column]))

/**
 * The rows a batch of events touches: loaded by their keys in one query a table, folded in memory, written back in one
 * statement a table. However events are cut into batches, the rows come out the same.
 */
export class RowBatch {
  readonly #entries = new Map<Table, Map<string, Entry>>()
  readonly #handlers: ReadonlyMap<string, readonly (Fold | Sweep)[]>

  constructor(
    private readonly projection: Projection,
    private readonly schema: string,
    private readonly sql: Query,
  ) {
    this.#handlers = Map.groupBy(projection.when, handler => handler.type)
    for (const table of projection.tables) this.#entries.set(table, new Map())
  }

  /** Folds the events, in order, into the rows they concern. Nothing is written yet. */
  async fold(events: readonly RecordedEvent[]): Promise<void> {
    await this.#load(events)
    for (const event of events)
      for (const handler of this.#handlers.get(event.type) ?? []) {
        if (handler.kind === 'sweep') await this.#sweep(handler, event)
        else
          for (const key of handler.keys(event)) {
            const entry = this.#entries.get(handler.table)!.get(keyText(key))!
            entry.now = handler.apply(entry.now, event, key)
          }
      }
  }

  /** Writes what changed, and what follows from it. */
  async write(): Promise<void> {
    for (const { from, to, rows } of this.projection.derived) {
      for (const { before, now } of this.#entries.get(from)!.values()) {
        if (before === now) continue
        const had = new Map((before ? rows(before) : []).map(row => [keyText(keyOf(to, row)), row]))
        const has = new Map((now ? rows(now) : []).map(row => [keyText(keyOf(to, row)), row]))
        for (const [text, row] of had) if (!has.has(text)) this.#put(to, keyOf(to, row), row, undefined)
        for (const [text, row] of has) this.#put(to, keyOf(to, row), had.get(text), row)
      }
    }
    for (const [table, entries] of this.#entries) {
      const changed = [...entries.values()].filter(({ before, now }) => before !== now && !(before && now && same(before, now, table)))
      await this.#delete(table, changed.filter(({ before, now }) => before && !now).map(({ key }) => key))
      await this.#upsert(table, changed.flatMap(({ now }) => (now ? [now] : [])))
    }
  }

  #put(table: Table, key: Key, before: Row | undefined, now: Row | undefined): void {
    const entry = this.#entries.get(table)!.get(keyText(key))
    if (entry) entry.now = now
    else this.#entries.get(table)!.set(keyText(key), { key, before, now })
  }

  async #load(events: readonly RecordedEvent[]): Promise<void> {
    const wanted = new Map<Table, Map<string, Key>>()
    for (const event of events)
      for (const handler of this.#handlers.get(event.type) ?? []) {
        if (handler.kind === 'sweep') continue
        const keys = wanted.get(handler.table) ?? new Map<string, Key>()
        wanted.set(handler.table, keys)
        for (const key of handler.keys(event)) keys.set(keyText(key), key)
      }
    for (const [table, keys] of wanted) {
      const entries = this.#entries.get(table)!
      const missing = [...keys].filter(([text]) => !entries.has(text))
      if (missing.length === 0) continue
      const rows = await this.sql.query<Row>(
        `select t.* from ${this.#name(table)} t join unnest(${table.key.map((column, index) => `$${index + 1}::${sqlType(table, column)}[]`).join(', ')})
           as k(${table.key.map(identifier).join(', ')}) using (${table.key.map(identifier).join(', ')})`,
        table.key.map((_, index) => missing.map(([, key]) => key[index])),
      )
      const found = new Map(rows.map(row => [keyText(keyOf(table, row)), row]))
      for (const [text, key] of missing) entries.set(text, { key, before: found.get(text), now: found.get(text) })
    }
  }

  async #sweep({ table, column, value }: Sweep, event: RecordedEvent): Promise<void> {
    const wanted = value(event)
    const entries = this.#entries.get(table)!
    const rows = await this.sql.query<Row>(`select * from ${this.#name(table)} where ${identifier(column)} = $1`, [wanted])
    for (const row of rows) {
      const key = keyOf(table, row)
      if (!entries.has(keyText(key))) entries.set(keyText(key), { key, before: row, now: row })
    }
    for (const entry of entries.values()) if (entry.now?.[column] === wanted) entry.now = undefined
  }

  async #delete(table: Table, keys: readonly Key[]): Promise<void> {
    if (keys.length === 0) return
    await this.sql.query(
      `delete from ${this.#name(table)} where (${table.key.map(identifier).join(', ')}) in
         (select * from unnest(${table.key.map((column, index) => `$${index + 1}::${sqlType(table, column)}[]`).join(', ')}))`,
      table.key.map((_, index) => keys.map(key => key[index])),
    )
  }

  async #upsert(table: Table, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const columns = columnsOf(table)
    const others = columns.filter(column => !table.key.includes(column))
    await this.sql.query(
      `insert into ${this.#name(table)} (${columns.map(identifier).join(', ')})
       select * from unnest(${columns.map((column, index) => `$${index + 1}::${sqlType(table, column)}[]`).join(', ')})
       on conflict (${table.key.map(identifier).join(', ')}) do ${
         others.length > 0 ? `update set ${others.map(column => `${identifier(column)} = excluded.${identifier(column)}`).join(', ')}` : 'nothing'
       }`,
      columns.map(column => rows.map(row => parameter(row[column], sqlType(table, column)))),
    )
  }

  #name(table: Table): string {
    return `${identifier(this.schema)}.${identifier(table.name)}`
  }
}

/** PostgreSQL's text takes no NUL; an event from elsewhere that holds one must not bring a projection to a stand. */
const parameter = (value: unknown, type: string): unknown => {
  if (value === null || value === undefined) return null
  if (type === 'json') return JSON.stringify(value)
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
}
