import type { ItemKind } from '@projectionist/shared/events/media'

/** How many items a person would count each library has; from the catalogue index, implemented by the catalog slice. */
export abstract class LibraryCounts {
  abstract countOf(libraryId: string, kind: ItemKind): Promise<number>
}
