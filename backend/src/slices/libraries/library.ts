import type { LibraryEvent } from '@projectionist/shared/events/library'
import {
  LibraryAdded,
  LibraryFolderAdded,
  LibraryFolderRemoved,
  LibraryRemoved,
  LibraryRenamed,
} from '@projectionist/shared/events/library'
import type { LibraryKind } from '@projectionist/shared/events/media'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'

interface Root {
  readonly rootId: string
  readonly path: string
}
export class AddLibrary extends Command<'AddLibrary', { libraryId: string; name: string; kind: LibraryKind; roots: Root[] }> {
  readonly type = 'AddLibrary'
}
export class ChangeLibrary extends Command<
  'ChangeLibrary',
  { libraryId: string; name?: string | undefined; addRoots: readonly Root[]; removeRoots: readonly string[] }
> {
  readonly type = 'ChangeLibrary'
}
export class RemoveLibrary extends Command<'RemoveLibrary', { libraryId: string }> {
  readonly type = 'RemoveLibrary'
}

export interface LibraryState {
  readonly name: string
  readonly kind: LibraryKind
  readonly roots: ReadonlyMap<string, { readonly path: string; readonly lost: string | undefined }>
  readonly removed: boolean
}

/** A library: a name, a kind, and the folders it is made from. */
export const library: Decider<LibraryState | undefined, AddLibrary | ChangeLibrary | RemoveLibrary, LibraryEvent> = {
  category: 'library',
  streamId: ({ data }) => `library-${data.libraryId}`,
  initial: undefined,
  starts: ({ type }) => type === 'AddLibrary',

  decide({ type, data }, state) {
    if (type === 'AddLibrary') {
      if (state) throw new DomainError('conflict')
      return [LibraryAdded({ name: data.name, kind: data.kind, roots: data.roots })]
    }
    if (!state) throw new DomainError('library-not-found')
    if (type === 'RemoveLibrary') return state.removed ? [] : [LibraryRemoved({})]
    if (state.removed) throw new DomainError('library-removed')
    return [
      ...(data.name !== undefined && data.name !== state.name ? [LibraryRenamed({ name: data.name })] : []),
      ...data.addRoots.filter(({ path }) => ![...state.roots.values()].some(root => root.path === path)).map(LibraryFolderAdded),
      ...data.removeRoots.filter(rootId => state.roots.has(rootId)).map(rootId => LibraryFolderRemoved({ rootId })),
    ]
  },

  evolve(state, event) {
    if (event.type === 'LibraryAdded')
      return { ...event.data, roots: new Map(event.data.roots.map(({ rootId, path }) => [rootId, { path, lost: undefined }])), removed: false }
    if (!state) return state
    const roots = new Map(state.roots)
    switch (event.type) {
      case 'LibraryRenamed':
        return { ...state, name: event.data.name }
      case 'LibraryFolderAdded':
        return { ...state, roots: roots.set(event.data.rootId, { path: event.data.path, lost: undefined }) }
      case 'LibraryFolderRemoved':
        roots.delete(event.data.rootId)
        return { ...state, roots }
      case 'LibraryFolderLost':
      case 'LibraryFolderRecovered': {
        const root = roots.get(event.data.rootId)
        const lost = event.type === 'LibraryFolderLost' ? event.data.code : undefined
        return root ? { ...state, roots: roots.set(event.data.rootId, { ...root, lost }) } : state
      }
      case 'LibraryRemoved':
        return { ...state, removed: true }
      default:
        return state
    }
  },
}
