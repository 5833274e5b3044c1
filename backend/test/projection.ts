import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { RecordedEvent } from '../src/platform/eventing/event-store.js'
import type { Projection, Table } from '../src/platform/eventing/projection.js'
import { finishSchema, openSchema, publish, schemaOf } from '../src/platform/eventing/projector/projection-schema.js'
import { RowBatch } from '../src/platform/eventing/projector/row-batch.js'
import { identifier, Sql } from '../src/platform/sql/sql.js'
import { freshDatabase } from './postgres.js'

/** Projections in a database of the test's own: events in, rows out. */
export class ProjectionBench {
  private constructor(
    readonly sql: Sql,
    private readonly close: () => Promise<void>,
  ) {}

  static async open(...projections: Projection[]): Promise<ProjectionBench> {
    const database = await freshDatabase()
    const pool = new pg.Pool({ connectionString: database.url, max: 4 })
    const sql = new Sql(pool)
    await sql.query('create schema live')
    await sql.query(
      'create table live.scan_progress (scan_id uuid, walked boolean, found int, done int, failed int, added int, changed int, moved int, removed int)',
    )
    for (const projection of projections) {
      await openSchema(sql, projection, schemaOf(projection), randomUUID())
      await finishSchema(sql, projection)
      await publish(sql, projection)
    }
    return new ProjectionBench(sql, async () => {
      await pool.end()
      await database.drop()
    })
  }

  /** Projects the events, cut into batches of these sizes, over and over. */
  async project(
    projection: Projection,
    events: readonly RecordedEvent[],
    sizes: readonly number[] = [events.length || 1],
  ): Promise<void> {
    for (let at = 0, turn = 0; at < events.length; turn++) {
      const size = sizes[turn % sizes.length]!
      const batch = events.slice(at, at + size)
      at += size
      await this.sql.transaction(async tx => {
        const rows = new RowBatch(projection, schemaOf(projection), tx)
        await rows.fold(batch)
        await rows.write()
      })
    }
  }

  rows<R extends object>(projection: Projection, table: Table, order = table.key.join(', ')): Promise<R[]> {
    return this.sql.query<R>(`select * from ${identifier(schemaOf(projection))}.${identifier(table.name)} order by ${order}`)
  }

  async empty(projection: Projection): Promise<void> {
    for (const table of projection.tables)
      await this.sql.query(`truncate ${identifier(schemaOf(projection))}.${identifier(table.name)}`)
  }

  async drop(): Promise<void> {
    await this.close()
  }
}
