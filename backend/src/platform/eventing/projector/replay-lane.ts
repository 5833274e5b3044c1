import { identifier, type Query, type Sql } from '../../sql/sql.js'
import type { Position } from '../event-store.js'
import { keyOf, keyText, typesOf, type Projection, type Row, type Table } from '../projection.js'
import type { CurrentEvents } from './current-events.js'
import { KeyFilter } from './key-filter.js'
import { addKey, finishSchema, moveCheckpoint, nameOf, openSchema } from './projection-schema.js'
import { Rows, type Changes } from './rows.js'
import { copyRows } from './write-rows.js'

/** Somebody else has moved the checkpoint: what was folded here does not count. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

export interface Limits {
  /** So many changed rows are written at once. */
  readonly flushRows: number
  /** So many rows a table are kept in memory to be changed again. */
  readonly keepRows: number
  /** A crash loses no more than so many events' work. */
  readonly flushEvents: number
}

interface Place {
  readonly sql: Sql
  /** UUID of the log that is read. */
  readonly log: string
  readonly writer: <T>(work: () => Promise<T>) => Promise<T>
  /** The last position that counts. */
  readonly to: Position
  readonly limits: Limits
}

/** One projection in a replay: folds a page while the one before is being written. */
export class Lane {
  readonly types: readonly string[]
  readonly #types: ReadonlySet<string>
  readonly #rows: Rows
  #folded: Position
  #events = 0
  #flight: Promise<void> = Promise.resolve()
  /** Tables that have their primary key; the others get theirs when it is needed, at the latest in the end. */
  readonly #keyed = new Set<Table>()

  private constructor(
    readonly projection: Projection,
    private readonly schema: string,
    private readonly place: Place,
    private readonly filters: ReadonlyMap<Table, KeyFilter>,
    private written: Position,
    private ready: boolean,
  ) {
    this.types = typesOf(projection)
    this.#types = new Set(this.types)
    this.#folded = written
    this.#rows = new Rows(projection, schema, {
      mayExist: (table, key) => filters.get(table)!.mayHave(key),
      beforeRead: async table => {
        await this.#flight
        await this.#key(place.sql, table)
      },
    })
  }

  static async open(projection: Projection, schema: string, place: Place): Promise<Lane> {
    const { sql, log, to } = place
    const { position, ready } = await openSchema(sql, projection, schema, log, true)
    // Nobody looks up rows of other tables.
    const folded = new Set(projection.when.flatMap(handler => (handler.kind === 'fold' ? [handler.table] : [])))
    const filters = new Map([...folded].map(table => [table, new KeyFilter(to)]))
    if (position > 0) for (const [table, filter] of filters) for await (const key of keysOf(sql, schema, table)) filter.add(key)
    return new Lane(projection, schema, place, filters, position, ready)
  }

  get position(): Position {
    return this.#folded
  }

  async fold(current: CurrentEvents, read: Position): Promise<void> {
    const to = Math.min(read, this.place.to)
    if (to <= this.#folded) return
    const events = current.between(this.#folded, to, this.#types)
    await this.#rows.fold(events, this.place.sql)
    this.#folded = to
    this.#events += events.length
    const { flushRows, flushEvents } = this.place.limits
    if (this.#rows.changed >= flushRows || this.#events >= flushEvents) await this.flush()
  }

  /** Begins to write what has changed, as soon as what was begun before is written. */
  async flush(): Promise<void> {
    await this.#flight
    if (this.#folded === this.written) return
    this.#rows.settle(this.place.limits.keepRows)
    const changes = this.#rows.take()
    const [from, to] = [this.written, this.#folded]
    this.written = to
    this.#events = 0
    for (const { table, added } of changes.tables) {
      const filter = this.filters.get(table)
      if (filter) for (const row of added) filter.add(keyText(keyOf(table, row)))
    }
    this.#flight = this.#write(changes, from, to)
    this.#flight.catch(() => {})
    // Rows on their way out by a sweep could be read again until they are gone.
    if (changes.sweeps.length > 0) await this.#flight
  }

  settled(): Promise<void> {
    return this.#flight
  }

  /** Makes the indexes; the tables can serve then. */
  async finish(): Promise<void> {
    if (!this.ready) await finishSchema(this.place.sql, this.projection, this.schema)
  }

  async #key(sql: Query, table: Table): Promise<void> {
    if (this.#keyed.has(table)) return
    await addKey(sql, this.schema, table)
    this.#keyed.add(table)
  }

  #write(changes: Changes, from: Position, to: Position): Promise<void> {
    return this.place.writer(() =>
      this.place.sql.transaction(async (tx, client) => {
        // Rows and checkpoint are lost together or not at all.
        await tx.query('set local synchronous_commit = off')
        for (const { table, gone, changed } of changes.tables) if (gone.length + changed.length > 0) await this.#key(tx, table)
        await copyRows(tx, client, this.schema, changes)
        if (!(await moveCheckpoint(tx, this.schema, from, to)))
          throw new Overtaken(`The checkpoint of ${this.schema} was moved by somebody else`)
      }),
    )
  }
}

/** Keys of the rows in a table, page by page. */
async function* keysOf(sql: Sql, schema: string, table: Table): AsyncGenerator<string> {
  const columns = table.key.map(identifier).join(', ')
  let after: Row | undefined
  for (;;) {
    const where = after
      ? `where (${columns}) > (${table.key.map((column, index) => `$${index + 1}::${table.columns[column]!}`).join(', ')})`
      : ''
    const rows: Row[] = await sql.query<Row>(
      `select ${columns} from ${nameOf(schema, table)} ${where} order by ${columns} limit 10000`,
      after ? keyOf(table, after).slice() : [],
    )
    for (const row of rows) yield keyText(keyOf(table, row))
    if (rows.length < 10_000) return
    after = rows.at(-1)
  }
}
