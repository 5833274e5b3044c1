import type { EventType } from '@projectionist/shared/events/event'
import type { Topic } from '@projectionist/shared/live/messages'
import type { RecordedEvent } from './event-store.js'

/** PostgreSQL types a projection's column may have; a `?` at the end allows null. */
interface ColumnTypes {
  uuid: string
  text: string
  int: number
  /** Whole numbers up to 2^53. */
  bigint: number
  float8: number
  boolean: boolean
  /** ISO 8601 in UTC on the way in and out. */
  timestamptz: string
  json: unknown
}
export type ColumnType = keyof ColumnTypes | `${keyof ColumnTypes}?`
type Value<C extends ColumnType> = C extends `${infer T extends keyof ColumnTypes}?` ? ColumnTypes[T] | null : C extends keyof ColumnTypes ? ColumnTypes[C] : never

export type Columns = Readonly<Record<string, ColumnType>>
export type Row<C extends Columns = Columns> = { readonly [K in keyof C]: Value<C[K]> }

export interface Table<C extends Columns = Columns> {
  readonly name: string
  readonly columns: C
  readonly key: readonly string[]
  /** Bodies of `create index on <table>`, such as `(user_id, at desc)`; made after a rebuild has loaded the rows. */
  readonly indexes: readonly string[]
}
export type RowOf<T extends Table> = T extends Table<infer C> ? Row<C> : never
export type Key = readonly (string | number)[]

export const keyOf = (table: Table, row: Row): Key => table.key.map(column => row[column] as string | number)

/** One text for each key. */
export function keyText(key: Key): string {
  let text = String(key[0])
  for (let index = 1; index < key.length; index++) text += `\u0000${key[index]!}`
  return text
}

export function table<const C extends Columns>(
  name: string,
  columns: C,
  options: { readonly key: readonly (keyof C & string)[]; readonly indexes?: readonly string[] },
): Table<C> {
  return { name, columns, key: options.key, indexes: options.indexes ?? [] }
}

/** What an event does to a row: the row as it was (undefined: there is none) to the row as it is now (undefined: gone). */
export interface Fold {
  readonly kind: 'fold'
  readonly type: string
  readonly table: Table
  keys(event: RecordedEvent): readonly Key[]
  apply(row: Row | undefined, event: RecordedEvent, key: Key): Row | undefined
}
/** A row that an event adds. No other event touches it, but a sweep; so it needs not be looked up, nor kept. */
export interface Insert {
  readonly kind: 'insert'
  readonly type: string
  readonly table: Table
  row(event: RecordedEvent): Row
}
/** What an event does to all rows with a certain value in a column: they go. */
export interface Sweep {
  readonly kind: 'sweep'
  readonly type: string
  readonly table: Table
  readonly column: string
  value(event: RecordedEvent): string | number
}
export type Handler = Fold | Insert | Sweep
/**
 * Rows of `to` that follow from a row of `from`, whatever made it so: memberships, words. A key of `to` follows from one row only, and no
 * event is folded into `to`.
 */
export interface Derivation {
  readonly from: Table
  readonly to: Table
  /** No two of the same key. */
  rows(row: Row): readonly Row[]
}

export interface Projection {
  readonly name: string
  /** Raised whenever tables or folds change: the new version is built beside the old one, which serves until then. */
  readonly version: number
  readonly tables: readonly Table[]
  readonly when: readonly Handler[]
  readonly derived: readonly Derivation[]
  /** Views it publishes in schema `read`: name → SELECT, in which `{schema}` stands for the projection's own. */
  readonly views: Readonly<Record<string, string>>
  /** Which pages show what this projection holds, and whom an event of it concerns; told to browsers once it is live. */
  readonly announces?: Announces
}

export interface Announces {
  readonly topic: Topic
  /** Absent: everyone. `itemId` names what changed, where that is one item. */
  subject?(event: RecordedEvent): { readonly userId?: string | undefined; readonly itemId?: string | undefined }
}

type DataOf<T> = T extends EventType<string, infer Data> ? Data : never

/** One event, one row: `fold(PlaybackStarted, watchState, e => [user, item], (row, e) => ({ ...row, … }))`. */
export function fold<T extends EventType, C extends Columns>(
  type: T,
  on: Table<C>,
  key: (event: RecordedEvent<DataOf<T>>) => Key | undefined,
  apply: (row: Row<C> | undefined, event: RecordedEvent<DataOf<T>>, key: Key) => Row<C> | undefined,
): Fold {
  return foldMany(type, on, event => {
    const one = key(event)
    return one ? [one] : []
  }, apply)
}

/** One event, several rows of one table, each folded by itself. */
export function foldMany<T extends EventType, C extends Columns>(
  type: T,
  on: Table<C>,
  keys: (event: RecordedEvent<DataOf<T>>) => readonly Key[],
  apply: (row: Row<C> | undefined, event: RecordedEvent<DataOf<T>>, key: Key) => Row<C> | undefined,
): Fold {
  return { kind: 'fold', type: type.name, table: on as unknown as Table, keys, apply } as unknown as Fold
}

/** One event, one row of its own, whose key no other event has. Nothing may be folded into the table, nor derived. */
export function insert<T extends EventType, C extends Columns>(
  type: T,
  into: Table<C>,
  row: (event: RecordedEvent<DataOf<T>>) => Row<C>,
): Insert {
  return { kind: 'insert', type: type.name, table: into as unknown as Table, row } as unknown as Insert
}

export function sweep<T extends EventType, C extends Columns>(
  type: T,
  from: Table<C>,
  column: keyof C & string,
  value: (event: RecordedEvent<DataOf<T>>) => string | number,
): Sweep {
  return { kind: 'sweep', type: type.name, table: from as unknown as Table, column, value } as unknown as Sweep
}

export function derive<F extends Columns, T extends Columns>(from: Table<F>, to: Table<T>, rows: (row: Row<F>) => readonly Row<T>[]): Derivation {
  return { from, to, rows } as unknown as Derivation
}

export function projection(definition: Omit<Projection, 'derived' | 'views'> & Partial<Pick<Projection, 'derived' | 'views'>>): Projection {
  return { derived: [], views: {}, ...definition }
}

/** The types of events that do something to it. */
export const typesOf = ({ when }: Projection): readonly string[] => [...new Set(when.map(({ type }) => type))]

/** The part of a stream's name after its category: `playback-<user>.<item>` gives `<user>.<item>`. */
export function subjectOf(event: RecordedEvent): string {
  return event.streamId.slice(event.streamId.indexOf('-') + 1)
}
