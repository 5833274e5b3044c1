import type { ItemKind } from '@projectionist/shared/events/media'
import type { PastReading } from './past-libraries.js'

/** How many items a person would count each library has; from the catalogue index, implemented by the catalog slice. */
export abstract class LibraryCounts {
  abstract countOf(libraryId: string, kind: ItemKind, past?: PastReading): Promise<number>
}
