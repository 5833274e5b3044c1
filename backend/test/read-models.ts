import { createHash } from 'node:crypto'
import type { EventStore } from '../src/platform/eventing/event-store.js'
import type { Projection } from '../src/platform/eventing/projection.js'
import { publicationOf, schemasOf } from '../src/platform/eventing/projector/publication.js'
import { identifier, type Query } from '../src/platform/sql/sql.js'

/** Columns that hold places in the log: each log counts its own. */
const places = new Set(['position', 'last_position', 'changed_position', 'since', 'ordinal', 'before'])

/** Columns of JSON objects whose values are places in the log. */
const objectsOfPlaces = new Set(['marks'])

/**
 * A hash of every table of every read model, the same for logs that hold the same events: a place in the log is counted by the
 * events before it.
 */
export async function readModelHashes(
  sql: Query,
  store: EventStore,
  projections: readonly Projection[],
): Promise<Readonly<Record<string, string>>> {
  const ranks = new Map<number, number>()
  for await (const { events } of store.readAll()) for (const { position } of events) ranks.set(position, ranks.size + 1)
  const hashes: Record<string, string> = {}
  for (const projection of projections) {
    const schema = (await publicationOf(sql, projection))?.schema ?? schemasOf(projection)[0]
    for (const table of projection.tables) {
      const rows = await sql.query<Record<string, unknown>>(`select * from ${identifier(schema)}.${identifier(table.name)}`)
      const rank = (place: number): number => ranks.get(place) ?? place
      const ranked = rows.map(row =>
        JSON.stringify(
          Object.entries(row).map(([name, value]) =>
            places.has(name) && table.columns[name]?.startsWith('bigint')
              ? rank(value as number)
              : objectsOfPlaces.has(name) && table.columns[name] === 'json'
                ? Object.entries(value as Record<string, number>).map(([key, place]) => [key, rank(place)])
                : value,
          ),
        ),
      )
      hashes[`${projection.name}.${table.name}`] =
        `${rows.length} ${createHash('sha256').update(ranked.toSorted().join('\n')).digest('hex')}`
    }
  }
  return hashes
}
