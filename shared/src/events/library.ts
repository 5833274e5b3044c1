import { z } from 'zod'
import { event, type Fact } from './event.js'
import { LibraryKind } from './media.js'

export const LibraryRoot = z.object({ rootId: z.uuid(), path: z.string().min(1) })

export const LibraryAdded = event('LibraryAdded', z.object({ name: z.string(), kind: LibraryKind, roots: z.array(LibraryRoot) }))
export const LibraryRenamed = event('LibraryRenamed', z.object({ name: z.string() }))
export const LibraryFolderAdded = event('LibraryFolderAdded', LibraryRoot)
export const LibraryFolderRemoved = event('LibraryFolderRemoved', z.object({ rootId: z.uuid() }))
export const LibraryFolderLost = event(
  'LibraryFolderLost',
  z.object({ rootId: z.uuid(), code: z.enum(['missing', 'unreadable', 'empty']) }),
)
export const LibraryFolderRecovered = event('LibraryFolderRecovered', z.object({ rootId: z.uuid() }))
export const LibraryRemoved = event('LibraryRemoved', z.object({}))
/** A library that was removed is back with all that was in it, and with these folders. */
export const LibraryRestored = event('LibraryRestored', z.object({ roots: z.array(LibraryRoot) }))

export const libraryEvents = [
  LibraryAdded, LibraryRenamed, LibraryFolderAdded, LibraryFolderRemoved, LibraryFolderLost, LibraryFolderRecovered, LibraryRemoved,
  LibraryRestored,
] as const
export type LibraryEvent = Fact<(typeof libraryEvents)[number]>
