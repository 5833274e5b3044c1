import pg from 'pg'

const INT8 = 20
const TIMESTAMPTZ = 1184

/** Whole numbers of 64 bits as numbers, times as ISO 8601 in UTC with milliseconds; the rest as `pg` gives it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number
    if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString()
    return pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

export interface Query {
  /** `name` prepares the statement once a connection. */
  query<R extends object>(text: string, values?: readonly unknown[], name?: string): Promise<R[]>
}

const on = (client: pg.Pool | pg.ClientBase): Query => ({
  async query<R extends object>(text: string, values: readonly unknown[] = [], name?: string) {
    const result = await client.query({ text, values: values as unknown[], types, ...(name && { name }) })
    return result.rows as R[]
  },
})

/** The next statement on that connection fails; nothing more needs to be done. */
const heard = (): void => {}

interface Elsewhere {
  readonly schema: string
  readonly pattern: RegExp
  failed(error: unknown): never
}

/** Plain SQL over the one pool of the process. */
export class Sql implements Query {
  readonly #query: Query
  readonly #views: Elsewhere | undefined

  constructor(readonly pool: pg.Pool, views?: Elsewhere) {
    this.#query = on(pool)
    this.#views = views
    if (views) return
    // A connection that is lost between two statements of a transaction tells so by an event, which unheard ends the program.
    pool.on('acquire', client => void (client.listeners('error').includes(heard) || client.on('error', heard)))
  }

  query<R extends object>(text: string, values?: readonly unknown[], name?: string): Promise<R[]> {
    if (!this.#views) return this.#query.query(text, values, name)
    // Prepared on a connection, a statement would outlive the schema.
    return this.#query.query<R>(this.#named(text), values).catch(this.#views.failed)
  }

  /**
   * The same database, in which these views of `read` are those of another schema; all others stay today's. It reads only: our
   * own statements are rewritten, values are parameters and stay as they are. What goes wrong is passed to `failed`, which throws.
   */
  reading(schema: string, names: readonly string[], failed: (error: unknown) => never): Sql {
    return new Sql(this.pool, { schema, pattern: new RegExp(`\\bread\\.(?=(?:${names.join('|')})\\b)`, 'g'), failed })
  }

  /** Rows of one statement, page by page, as one moment shows them. */
  async *pages<R extends object>(text: string, size: number): AsyncGenerator<R[]> {
    const client = await this.pool.connect()
    let broken: Error | boolean = true
    try {
      await client.query('begin')
      await client.query(`declare pages no scroll cursor for ${this.#named(text)}`)
      for (;;) {
        const { rows } = await client.query<R>({ text: `fetch ${size} from pages`, types })
        if (rows.length === 0) break
        yield rows
      }
      await client.query('commit')
      broken = false
    } finally {
      // Left early, the connection is still in its transaction: it goes with it.
      client.release(broken)
    }
  }

  #named(text: string): string {
    return this.#views ? text.replace(this.#views.pattern, `${this.#views.schema}.`) : text
  }

  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  async transaction<T>(work: (sql: Query, client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (this.#views) throw new TypeError('What reads another schema takes part in no transaction')
    const client = await this.pool.connect()
    let broken: Error | undefined
    try {
      await client.query('begin')
      const result = await work(on(client), client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => (broken = failure))
      throw error
    } finally {
      client.release(broken)
    }
  }
}

export const identifier = (name: string): string => pg.escapeIdentifier(name)

/**
 * Worth trying again: a loss of the connection, or what PostgreSQL calls insufficient resources (53, a full disk among them),
 * a rolled back transaction (40), an error of the system around it (58), or a cancelled statement.
 */
export function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return isConnectionLoss(error) || (typeof code === 'string' && /^(53|40|58)[0-9A-Z]{3}$|^(57014|55P03|ENOSPC|EDQUOT|EIO)$/.test(code))
}

/** The server is gone, going, or not there yet: worth trying again, unlike a mistake in the statement. */
export function isConnectionLoss(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string') return /^(08|57P0[123])/.test(code) || /^(ECONN|EPIPE|ENOENT|ENOTFOUND|ETIMEDOUT|EAI_)/.test(code)
  const message = error instanceof Error ? error.message : ''
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message)
}
