import type { LibraryEvent } from '@projectionist/shared/events/library'
import {
  LibraryAdded,
  LibraryFolderAdded,
  LibraryFolderRemoved,
  LibraryRemoved,
  LibraryRenamed,
  LibraryRestored,
} from '@projectionist/shared/events/library'
import type { LibraryKind } from '@projectionist/shared/events/media'
import { Command, DomainError, type Conflict, type Decider, type Hindsight } from '../../platform/eventing/decider.js'

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
      case 'LibraryRestored':
        return { ...state, removed: false }
      default:
        return state
    }
  },

  reverts: {
    LibraryAdded: (_, state, { without }) => thereAsIn(without, state),
    LibraryRemoved: (_, state, { without }) => thereAsIn(without, state),
    LibraryRestored: (_, state, { without }) => thereAsIn(without, state),
    LibraryRenamed: (_, state, { without, later }) =>
      goneIn(state, later) ?? againIn(later, 'The library was renamed again since.', event => event.type === 'LibraryRenamed') ??
      (without && without.name !== state?.name ? [LibraryRenamed({ name: without.name })] : []),
    LibraryFolderAdded: ({ data: { rootId } }, state, { later }) =>
      goneIn(state, later) ?? folderChangedIn(later, rootId) ?? (state?.roots.has(rootId) ? [LibraryFolderRemoved({ rootId })] : []),
    LibraryFolderRemoved({ data: { rootId } }, state, { without, later }) {
      const root = without?.roots.get(rootId)
      const path = root?.path
      return goneIn(state, later) ?? folderChangedIn(later, rootId, path) ?? (path === undefined || state?.roots.has(rootId) ? [] : [LibraryFolderAdded({ rootId, path })])
    },
    LibraryFolderLost: { never: 'It says what a scan saw. The next scan looks again.' },
    LibraryFolderRecovered: { never: 'It says what a scan saw. The next scan looks again.' },
  },
}

/** Brings a library back or takes it out, so that it is there, or is not, as it is in the other state. */
function thereAsIn(other: LibraryState | undefined, state: LibraryState | undefined): readonly LibraryEvent[] {
  const [wanted, there] = [other, state].map(one => one !== undefined && !one.removed)
  if (!state || wanted === there) return []
  return [wanted ? LibraryRestored({ roots: [...state.roots].map(([rootId, { path }]) => ({ rootId, path })) }) : LibraryRemoved({})]
}

type Later = Hindsight<LibraryState | undefined, LibraryEvent>['later']

function againIn(later: Later, conflict: string, is: (event: LibraryEvent) => boolean): Conflict | undefined {
  const event = later.findLast(is)
  return event && { conflict, since: event.id }
}
const folderChangedIn = (later: Later, rootId: string, path?: string): Conflict | undefined =>
  againIn(later, 'The folder was taken out since.', event => event.type === 'LibraryFolderRemoved' && event.data.rootId === rootId) ??
  againIn(later, 'The folder was added again since.', event => event.type === 'LibraryFolderAdded' && (event.data.rootId === rootId || event.data.path === path))

function goneIn(state: LibraryState | undefined, later: Later): Conflict | undefined {
  const conflict = 'The library was removed.'
  return state?.removed ? (againIn(later, conflict, event => event.type === 'LibraryRemoved') ?? { conflict }) : undefined
}
