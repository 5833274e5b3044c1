import {
  LibraryAdded,
  LibraryFolderAdded,
  LibraryFolderLost,
  LibraryFolderRecovered,
  LibraryFolderRemoved,
  LibraryRemoved,
  LibraryRenamed,
  LibraryRestored,
} from '@projectionist/shared/events/library'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import { fold, foldMany, projection, subjectOf, table } from '../../platform/eventing/projection.js'

const libraries = table(
  'libraries',
  // A library that was removed may be brought back as it was.
  { id: 'uuid', name: 'text', kind: 'text', added_at: 'timestamptz', removed: 'boolean' },
  { key: ['id'] },
)
const roots = table(
  'roots',
  { id: 'uuid', library_id: 'uuid', path: 'text', ordinal: 'bigint', lost: 'text?' },
  { key: ['id'], indexes: ['(library_id)'] },
)

/** Libraries there are, and their folders. */
export const librariesProjection = projection({
  name: 'libraries',
  version: 2,
  tables: [libraries, roots],
  when: [
    fold(LibraryAdded, libraries, event => [subjectOf(event)], (_, event) => ({
      id: subjectOf(event),
      name: event.data.name,
      kind: event.data.kind,
      added_at: event.metadata.time,
      removed: false,
    })),
    foldMany(LibraryAdded, roots, ({ data }) => data.roots.map(root => [root.rootId]), (_, event, [id]) => {
      const index = event.data.roots.findIndex(root => root.rootId === id)
      return { id: String(id), library_id: subjectOf(event), path: event.data.roots[index]!.path, ordinal: event.position, lost: null }
    }),
    fold(LibraryRenamed, libraries, event => [subjectOf(event)], (row, { data }) => row && { ...row, name: data.name }),
    fold(LibraryFolderAdded, roots, ({ data }) => [data.rootId], (_, event) => ({
      id: event.data.rootId,
      library_id: subjectOf(event),
      path: event.data.path,
      ordinal: event.position,
      lost: null,
    })),
    fold(LibraryFolderRemoved, roots, ({ data }) => [data.rootId], () => undefined),
    fold(LibraryFolderLost, roots, ({ data }) => [data.rootId], (row, { data }) => row && { ...row, lost: data.code }),
    fold(LibraryFolderRecovered, roots, ({ data }) => [data.rootId], row => row && { ...row, lost: null }),
    fold(LibraryRemoved, libraries, event => [subjectOf(event)], row => row && { ...row, removed: true }),
    fold(LibraryRestored, libraries, event => [subjectOf(event)], row => row && { ...row, removed: false }),
  ],
  views: {
    libraries: 'select id, name, kind, added_at from {schema}.libraries where not removed',
    library_roots: 'select r.* from {schema}.roots r join {schema}.libraries l on l.id = r.library_id where not l.removed',
  },
  announces: { topic: 'libraries' },
})

export const libraryPortrait: Portrait = {
  category: 'library',
  projection: librariesProjection,
  fields(rows) {
    const [row] = rows(libraries)
    const folders = rows(roots)
    const lost = folders.filter(folder => folder.lost !== null).map(({ path }) => path)
    return row && !row.removed ? telling({ name: row.name, kind: row.kind, folders: folders.map(({ path }) => path), lostFolders: lost }) : {}
  },
}
