import type { Metadata } from '@projectionist/shared/events/media'

/** Whoever stands first has the last word on a field. `file` is what names and tags say, `group` how a group was found. */
export const sourceOrder = ['edited', 'tmdb', 'musicbrainz', 'nfo', 'folder', 'file', 'group'] as const
export type SourceName = (typeof sourceOrder)[number]

/** What each source says of an item, as `read.items` has it in `sources`. */
export type Sources = { readonly [S in SourceName]?: Metadata }

/** What is known of an item, each field by the source that has the last word on it. */
export function metadataOf(sources: Sources): Metadata {
  return Object.assign({}, ...sourceOrder.toReversed().map(source => defined(sources[source]))) as Metadata
}

const defined = (metadata: Metadata | undefined): Partial<Metadata> =>
  Object.fromEntries(Object.entries(metadata ?? {}).filter(([, value]) => value !== undefined && value !== null))
