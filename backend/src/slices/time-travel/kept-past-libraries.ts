import { randomUUID } from 'node:crypto'
import type { PastLibrary } from '@projectionist/shared/api/time-travel'
import { DomainError } from '../../platform/eventing/decider.js'
import type { EventStore } from '../../platform/eventing/event-store.js'
import type { Projection } from '../../platform/eventing/projection.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { PastLibraries, type PastReading } from '../../platform/past-libraries.js'
import type { Query, Sql } from '../../platform/sql/sql.js'
import { positionAt } from './moments.js'
import { viewsOf } from './past-schemas.js'

/** Each takes the room of a library in PostgreSQL, and in the memory of every node that shows it. */
const MOST = 2

interface Row {
  readonly id: string
  readonly at: string
  readonly position: number
  readonly state: PastLibrary['state']
  readonly progress: number
  readonly problem: string | null
}

const columns = 'id, at, position, state, progress, problem'
const shown = ({ position, ...row }: Row): PastLibrary => ({ ...row, position: String(position) })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** PostgreSQL's words for what is not there: a table, a schema. */
const MISSING = ['42P01', '3F000']

/** Says to nodes that make past libraries that there may be something to do. */
export const CHANNEL = 'past_libraries'

/** Which past libraries there are, in `live.past_libraries`; asked by every node, so that any of them shows any. */
export class KeptPastLibraries extends PastLibraries {
  readonly #views: readonly string[]
  #madeOf: Promise<string> | undefined

  constructor(
    private readonly sql: Sql,
    private readonly store: EventStore,
    private readonly projections: readonly Projection[],
  ) {
    super()
    this.#views = projections.flatMap(({ views }) => Object.keys(views))
  }

  async asked(exchange: Exchange): Promise<PastReading | undefined> {
    const id = exchange.asOf
    if (id === undefined) return undefined
    if (exchange.caller.role !== 'admin') throw new DomainError('not-allowed', 'Only admins can look back at the library.')
    const row = await this.get(id)
    if (row.state !== 'ready') throw new DomainError('past-library-unfinished')
    return { id, sql: this.sql.reading(viewsOf(id), this.#views, error => this.#failed(id, error)) }
  }

  /** Throws `past-library-gone`. Whoever asks keeps it from being put away as idle. */
  async get(id: string): Promise<PastLibrary> {
    const [row] = UUID.test(id)
      ? await this.sql.query<Row & { idle: boolean }>(
          `select ${columns}, used_at < now() - interval '1 minute' as idle from live.past_libraries
           where id = $1 and made_of = $2 and people <@ array(select user_id from read.users)`,
          [id, await this.madeOf()],
          'past_library',
        )
      : []
    if (!row) throw new DomainError('past-library-gone')
    if (row.idle) await this.sql.query('update live.past_libraries set used_at = now() where id = $1', [id])
    const { idle: _, ...rest } = row
    return shown(rest)
  }

  async all(): Promise<PastLibrary[]> {
    const rows = await this.sql.query<Row>(
      `select ${columns} from live.past_libraries where made_of = $1 and people <@ array(select user_id from read.users) order by used_at desc`,
      [await this.madeOf()],
    )
    return rows.map(shown)
  }

  /** The library as of a moment: one that is there, or one to be made. The one that was not looked at for longest makes room. */
  async lookBack(at: string): Promise<PastLibrary> {
    const [position, madeOf] = [await positionAt(this.sql, at), await this.madeOf()]
    const library = await this.sql.transaction(async tx => {
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [CHANNEL])
      const row = (await again(tx, at, position, madeOf)) ?? (await begin(tx, at, position, madeOf))
      await tx.query(`delete from live.past_libraries where id not in (select id from live.past_libraries order by used_at desc, created_at desc limit ${MOST})`)
      return row
    })
    await this.#tell()
    return shown(library)
  }

  /** Stops its making, or drops it; nothing when it is not there. */
  async putAway(id: string): Promise<void> {
    await this.sql.query('delete from live.past_libraries where id = $1', [id])
    await this.#tell()
  }

  /** What a past library of today's program is made of. */
  madeOf(): Promise<string> {
    return (this.#madeOf ??= this.store
      .identity()
      .then(log => [log, ...this.projections.map(({ name, version }) => `${name}_v${version}`)].join(' '))
      .catch((error: unknown) => {
        this.#madeOf = undefined
        throw error
      }))
  }

  #failed(id: string, error: unknown): never {
    if (!MISSING.includes((error as { code?: string }).code ?? '')) throw error
    // Its tables went, by whatever hand: whoever asks for the moment again gets new ones.
    this.putAway(id).catch(() => {})
    throw new DomainError('past-library-gone')
  }

  async #tell(): Promise<void> {
    await this.sql.query('select pg_notify($1, $2)', [CHANNEL, 'changed'])
  }
}

async function again(tx: Query, at: string, position: number, madeOf: string): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(
    `update live.past_libraries set at = $1, used_at = clock_timestamp()
     where position = $2 and made_of = $3 and state <> 'failed' and people <@ array(select user_id from read.users) returning ${columns}`,
    [at, position, madeOf],
  )
  return row
}

async function begin(tx: Query, at: string, position: number, madeOf: string): Promise<Row> {
  const [row] = await tx.query<Row>(
    `insert into live.past_libraries (id, at, position, made_of, people, used_at)
     values ($1, $2, $3, $4, array(select user_id from read.users), clock_timestamp()) returning ${columns}`,
    [randomUUID(), at, position, madeOf],
  )
  return row!
}
