import { identifier, type Query } from '../../sql/sql.js'
import type { RecordedEvent } from '../event-store.js'
import { keyOf, keyText, type Fold, type Handler, type Key, type Projection, type Row, type Sweep, type Table } from '../projection.js'
import { nameOf } from './projection-schema.js'

export const sqlType = (table: Table, column: string): string => table.columns[column]!.replace('?', '')
export const columnsOf = (table: Table): string[] => Object.keys(table.columns)

const same = (a: Row, b: Row, table: Table): boolean =>
  columnsOf(table).every(column => a[column] === b[column] || JSON.stringify(a[column]) === JSON.stringify(b[column]))

const byKey = (table: Table, rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map(row => [keyText(keyOf(table, row)), row]))

interface Entry {
  readonly key: Key
  /** As it stands in PostgreSQL, or will once what was taken is written. */
  before: Row | undefined
  now: Row | undefined
  dirty: boolean
}
interface Swept {
  readonly table: Table
  readonly column: string
  readonly value: string | number
}
interface Step {
  readonly event: RecordedEvent
  readonly handler: Handler
  /** Of a fold: the row it concerns. */
  readonly entry: Entry | undefined
}

/** What has to be done to the tables: first rows of a certain value go, then single ones, then new and changed ones come. */
export interface Changes {
  readonly sweeps: readonly Swept[]
  readonly tables: readonly {
    readonly table: Table
    readonly gone: readonly Key[]
    readonly added: readonly Row[]
    readonly changed: readonly Row[]
  }[]
}

/** An event that a projection cannot take. What it says stays out of logs, which print an error's own fields. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent'
  readonly #event: RecordedEvent

  constructor(event: RecordedEvent, cause: unknown) {
    super(String(cause), { cause })
    this.#event = event
  }

  get event(): RecordedEvent {
    return this.#event
  }
}

export interface RowsOptions {
  /** False when no row of that key is in the table for sure: then nobody looks. */
  readonly mayExist?: (table: Table, key: string) => boolean
  /** Called before rows are looked up by their keys. */
  readonly beforeRead?: (table: Table) => Promise<void>
}

/**
 * Rows of a projection in memory: loaded by their keys in one query a table, folded, and taken out as changes to be written.
 * However events are cut into batches, the rows come out the same. Kept across batches it saves loading them again; `settle`
 * keeps it from growing.
 */
export class Rows {
  readonly #handlers: ReadonlyMap<string, readonly Handler[]>
  readonly #young = new Map<Table, Map<string, Entry>>()
  readonly #old = new Map<Table, Map<string, Entry>>()
  readonly #sources: ReadonlySet<Table>
  #dirty = new Map<Table, Entry[]>()
  #inserted = new Map<Table, Row[]>()
  #sweeps: Swept[] = []
  #changed = 0
  /** Tables some row of which was needed again since old rows were last forgotten. */
  readonly #needed = new Set<Table>()
  /** Tables whose rows nobody comes back to, such as one with a row for each event: they are forgotten at once. */
  readonly #passing = new Set<Table>()

  constructor(
    readonly projection: Projection,
    private readonly schema: string,
    private readonly options: RowsOptions = {},
  ) {
    this.#handlers = Map.groupBy(projection.when, handler => handler.type)
    this.#sources = new Set(projection.derived.map(({ from }) => from))
    for (const table of projection.tables) {
      this.#young.set(table, new Map())
      this.#old.set(table, new Map())
    }
  }

  /** Rows changed since the last `take`. */
  get changed(): number {
    return this.#changed
  }

  /** Folds the events, in order, into the rows they concern. Nothing is written. Throws `PoisonEvent`, and is then of no more use. */
  async fold(events: readonly RecordedEvent[], sql: Query): Promise<void> {
    const steps = await this.#load(events, sql)
    for (const { event, handler, entry } of steps) {
      try {
        if (handler.kind === 'sweep') await this.#sweep(handler, event, sql)
        else if (handler.kind === 'insert') this.#insert(handler.table, handler.row(event))
        else {
          const now = handler.apply(entry!.now, event, entry!.key)
          if (now !== entry!.now) this.#change(handler.table, entry!, now)
        }
      } catch (error) {
        if ((error as { code?: unknown }).code !== undefined) throw error
        throw new PoisonEvent(event, error)
      }
    }
  }

  /** What has changed since the last time, with what follows from it. From now on it counts as written. */
  take(): Changes {
    const tables = this.projection.tables.map(table => ({ table, gone: [] as Key[], added: [] as Row[], changed: [] as Row[] }))
    for (const { from, to, rows } of this.projection.derived) {
      const { gone, added, changed } = tables.find(({ table }) => table === to)!
      for (const { before, now } of this.#dirty.get(from) ?? []) {
        if (before === now) continue
        if (!before) {
          for (const row of rows(now!)) added.push(row)
          continue
        }
        const had = byKey(to, rows(before))
        const has = byKey(to, now ? rows(now) : [])
        for (const [text, row] of had) if (!has.has(text)) gone.push(keyOf(to, row))
        for (const [text, row] of has) {
          const was = had.get(text)
          if (!was) added.push(row)
          else if (!same(was, row, to)) changed.push(row)
        }
      }
    }
    for (const { table, gone, added, changed } of tables) {
      for (const row of this.#inserted.get(table) ?? []) added.push(row)
      for (const entry of this.#dirty.get(table) ?? []) {
        const { key, before, now } = entry
        if (!before && now) added.push(now)
        else if (before && !now) gone.push(key)
        else if (before && now && before !== now && !same(before, now, table)) changed.push(now)
        entry.before = now
        entry.dirty = false
      }
    }
    const sweeps = this.#sweeps
    this.#dirty = new Map()
    this.#inserted = new Map()
    this.#sweeps = []
    this.#changed = 0
    return { sweeps, tables }
  }

  /** To be called when all that was taken is written: forgets rows that were not needed for long, beyond `most` a table. */
  settle(most: number): void {
    for (const table of this.projection.tables) {
      const young = this.#young.get(table)!
      const full = young.size >= most / 2
      if (!full && !this.#passing.has(table)) continue
      if (full && !this.#needed.delete(table)) this.#passing.add(table)
      this.#old.set(table, young)
      this.#young.set(table, new Map())
    }
  }

  #insert(table: Table, row: Row): void {
    this.#changed++
    const rows = this.#inserted.get(table)
    if (rows) rows.push(row)
    else this.#inserted.set(table, [row])
  }

  #change(table: Table, entry: Entry, now: Row | undefined): void {
    entry.now = now
    if (entry.dirty) return
    entry.dirty = true
    this.#changed++
    const dirty = this.#dirty.get(table)
    if (dirty) dirty.push(entry)
    else this.#dirty.set(table, [entry])
  }

  #known(table: Table, text: string): Entry | undefined {
    const young = this.#young.get(table)!
    let entry = young.get(text)
    if (!entry) {
      entry = this.#old.get(table)!.get(text)
      if (!entry) return undefined
      young.set(text, entry)
    }
    this.#needed.add(table)
    return entry
  }

  /** Everything the events will do, in order, with the rows it will be done to. */
  async #load(events: readonly RecordedEvent[], sql: Query): Promise<Step[]> {
    const steps: Step[] = []
    const missing = new Map<Table, Map<string, Entry>>()
    for (const event of events)
      for (const handler of this.#handlers.get(event.type) ?? []) {
        if (handler.kind !== 'fold') {
          steps.push({ event, handler, entry: undefined })
          continue
        }
        const { table } = handler
        for (const key of this.#keys(handler, event)) {
          const text = keyText(key)
          let entry = this.#known(table, text)
          if (!entry) {
            entry = { key, before: undefined, now: undefined, dirty: false }
            this.#young.get(table)!.set(text, entry)
            if (this.options.mayExist?.(table, text) ?? true) {
              this.#passing.delete(table)
              if (!missing.has(table)) missing.set(table, new Map())
              missing.get(table)!.set(text, entry)
            }
          }
          steps.push({ event, handler, entry })
        }
      }
    for (const [table, entries] of missing) await this.#read(table, entries, sql)
    return steps
  }

  #keys(handler: Fold, event: RecordedEvent): readonly Key[] {
    try {
      return handler.keys(event)
    } catch (error) {
      throw new PoisonEvent(event, error)
    }
  }

  async #read(table: Table, entries: ReadonlyMap<string, Entry>, sql: Query): Promise<void> {
    await this.options.beforeRead?.(table)
    const keys = [...entries.values()].map(({ key }) => key)
    const columns = table.key.map(identifier).join(', ')
    const rows = await sql.query<Row>(
      `select t.* from ${nameOf(this.schema, table)} t join unnest(${table.key.map((column, index) => `$${index + 1}::${sqlType(table, column)}[]`).join(', ')})
         as k(${columns}) using (${columns})`,
      table.key.map((_, index) => keys.map(key => key[index])),
    )
    for (const row of rows) {
      const entry = entries.get(keyText(keyOf(table, row)))!
      if (this.#sweeps.some(({ table: swept, column, value }) => swept === table && row[column] === value)) continue
      entry.before = row
      entry.now = row
    }
  }

  async #sweep({ table, column, value }: Sweep, event: RecordedEvent, sql: Query): Promise<void> {
    const wanted = value(event)
    // What follows from a row can only be told from the row.
    if (this.#sources.has(table)) {
      const rows = await sql.query<Row>(`select * from ${nameOf(this.schema, table)} where ${identifier(column)} = $1`, [wanted])
      for (const row of rows) {
        const key = keyOf(table, row)
        const text = keyText(key)
        if (!this.#known(table, text)) this.#young.get(table)!.set(text, { key, before: row, now: row, dirty: false })
      }
    } else {
      this.#sweeps.push({ table, column, value: wanted })
      const inserted = this.#inserted.get(table)
      if (inserted) this.#inserted.set(table, inserted.filter(row => row[column] !== wanted))
    }
    for (const entries of [this.#young.get(table)!, this.#old.get(table)!])
      for (const entry of entries.values()) {
        if (entry.now?.[column] === wanted) this.#change(table, entry, undefined)
        if (!this.#sources.has(table) && entry.before?.[column] === wanted) {
          // The statement that sweeps takes this row along; what has come in its place has to be written again.
          entry.before = undefined
          if (entry.now && !entry.dirty) this.#change(table, entry, entry.now)
        }
      }
  }
}
