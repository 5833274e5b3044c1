import { isDeepStrictEqual } from 'node:util'
import type { EventCatalog } from './event-catalog.js'
import type { RecordedEvent } from './event-store.js'
import { keyOf, keyText, type Projection, type Row, type RowOf, type Table } from './projection.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Fields = Readonly<Record<string, Json>>

/** Rows of one table that some events alone have made, in the order in which they came. */
export type RowsOf = <T extends Table>(table: T) => readonly RowOf<T>[]

/**
 * What the streams of a category say about their subject, field by field, so that people can see it as of a moment and compare
 * two. It is read from the rows that a projection makes of the stream's events, so that it says what pages say. A field that
 * says nothing is left out.
 */
export interface Portrait {
  readonly category: string
  readonly projection: Projection
  fields(rows: RowsOf): Fields
}

/** What a stream's subject looks like after these events of its, from the first on; no fields when there is no subject. */
export function portray({ projection, fields }: Portrait, catalog: EventCatalog, events: readonly RecordedEvent[]): Fields {
  return fields(foldAlone(projection, catalog, events))
}

export interface FieldChange {
  readonly field: string
  /** Undefined: the field said nothing. */
  readonly from: Json | undefined
  readonly to: Json | undefined
}

/** The fields in which two portraits differ, in the order of their names. */
export function compare(before: Fields, after: Fields): readonly FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .map(field => ({ field, from: before[field], to: after[field] }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to))
}

/** What a stream's subject looks like after each of its events that is asked for; the stream is folded once. */
export function* portraitsAlong(
  { projection, fields }: Portrait,
  catalog: EventCatalog,
  events: readonly RecordedEvent[],
  wanted: (event: RecordedEvent) => boolean,
): Generator<{ readonly event: RecordedEvent; readonly fields: Fields }> {
  const alone = startAlone(projection, catalog)
  for (const event of events) {
    alone.take(event)
    if (wanted(event)) yield { event, fields: fields(alone.rows) }
  }
}

/** The rows that these events make where there were none, in memory: what a projection writes, without what is derived. */
export function foldAlone(projection: Projection, catalog: EventCatalog, events: readonly RecordedEvent[]): RowsOf {
  const { take, rows } = startAlone(projection, catalog)
  for (const event of events) take(event)
  return rows
}

function startAlone(projection: Projection, catalog: EventCatalog): { readonly take: (recorded: RecordedEvent) => void; readonly rows: RowsOf } {
  const tables = new Map<string, Map<string, Row>>(projection.tables.map(({ name }) => [name, new Map()]))
  const handlers = Map.groupBy(projection.when, handler => handler.type)
  const take = (recorded: RecordedEvent): void => {
    const known = handlers.get(recorded.type)
    if (!known) return
    const event = catalog.current(recorded)
    for (const handler of known) {
      const rows = tables.get(handler.table.name)!
      if (handler.kind === 'sweep') {
        const value = handler.value(event)
        for (const [text, row] of rows) if (row[handler.column] === value) rows.delete(text)
      } else if (handler.kind === 'insert') {
        const row = handler.row(event)
        rows.set(keyText(keyOf(handler.table, row)), row)
      } else
        for (const key of handler.keys(event)) {
          const text = keyText(key)
          const row = handler.apply(rows.get(text), event, key)
          if (row) rows.set(text, row)
          else rows.delete(text)
        }
    }
  }
  return { take, rows: <T extends Table>(table: T) => [...tables.get(table.name)!.values()] as unknown as readonly RowOf<T>[] }
}

/** Leaves out what says nothing: undefined, null, and empty lists and records. */
export function telling(fields: Readonly<Record<string, unknown>>): Fields {
  const says = (value: unknown): boolean => value !== undefined && value !== null && !(typeof value === 'object' && Object.keys(value).length === 0)
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => says(value))) as Fields
}
