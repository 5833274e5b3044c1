import type { Metadata } from '@projectionist/shared/events/media'

/** Whoever stands first has the last word on a field. `file` is what names and tags say, `group` how a group was found. */
export const sourceOrder = ['edited', 'tmdb', 'musicbrainz', 'nfo', 'folder', 'file', 'group'] as const
export type SourceName = (typeof sourceOrder)[number]

const lastWordLast = sourceOrder.toReversed()

/** What each source says of an item, as `read.items` has it in `sources`. */
export type Sources = { readonly [S in SourceName]?: Metadata }

/** What is known of an item, each field by the source that has the last word on it. */
export function metadataOf(sources: Sources): Metadata {
  const known: Record<string, unknown> = {}
  for (const source of lastWordLast) {
    const says = sources[source] as Record<string, unknown> | undefined
    for (const field in says) if (says[field] !== undefined && says[field] !== null) known[field] = says[field]
  }
  return known as Metadata
}

/** What is known of one field. */
export function fieldOf<F extends keyof Metadata>(sources: Sources, field: F): Metadata[F] {
  return sources[sourceOrder.find(source => (sources[source]?.[field] ?? undefined) !== undefined)!]?.[field]
}
