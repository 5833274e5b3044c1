import type { Caller } from './http/caller.js'

/**
 * The one predicate over `read.items` that says what a person may see, as SQL: `alias` is the items' alias, parameter
 * number `parameter` gets `visibilityOf(caller)`.
 */
export const visibleTo = (alias: string, parameter: number): string =>
  `($${parameter}::uuid[] is null or ${alias}.library_id = any($${parameter}::uuid[]))`

/** The parameter that goes with `visibleTo`. */
export const visibilityOf = (caller: Pick<Caller, 'libraries'>): readonly string[] | null => (caller.libraries === 'all' ? null : caller.libraries)

/** The same for one row in hand. */
export const maySee = (caller: Pick<Caller, 'libraries'>, item: { readonly library_id: string }): boolean =>
  caller.libraries === 'all' || caller.libraries.includes(item.library_id)
