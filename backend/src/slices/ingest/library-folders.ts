import { LibraryFolderLost, LibraryFolderRecovered, type LibraryEvent } from '@projectionist/shared/events/library'
import { Command, type Decider } from '../../platform/eventing/decider.js'

type Lost = 'missing' | 'unreadable' | 'empty'

/** What a scan notices about a folder as a whole: it is away, or there (again). */
export class NoteFolder extends Command<'NoteFolder', { readonly libraryId: string; readonly rootId: string; readonly lost: Lost | undefined }> {
  readonly type = 'NoteFolder'
}

/** Which folders of a library can be reached. Noticing the same again changes nothing. */
export const libraryFolders: Decider<ReadonlyMap<string, Lost | undefined>, NoteFolder, LibraryEvent> = {
  category: 'library',
  streamId: ({ data }) => `library-${data.libraryId}`,
  initial: new Map(),

  decide({ data: { rootId, lost } }, folders) {
    if (!folders.has(rootId) || folders.get(rootId) === lost) return []
    return [lost ? LibraryFolderLost({ rootId, code: lost }) : LibraryFolderRecovered({ rootId })]
  },

  evolve(folders, event) {
    switch (event.type) {
      case 'LibraryAdded':
      case 'LibraryRestored':
        return new Map(event.data.roots.map(({ rootId }) => [rootId, undefined]))
      case 'LibraryFolderAdded':
      case 'LibraryFolderRecovered':
        return new Map(folders).set(event.data.rootId, undefined)
      case 'LibraryFolderLost':
        return new Map(folders).set(event.data.rootId, event.data.code)
      case 'LibraryFolderRemoved': {
        const left = new Map(folders)
        left.delete(event.data.rootId)
        return left
      }
      case 'LibraryRemoved':
        return new Map()
      default:
        return folders
    }
  },
}
