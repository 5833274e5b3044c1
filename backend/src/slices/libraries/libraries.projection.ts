import {
  LibraryAdded,
  LibraryFolderAdded,
  LibraryFolderLost,
  LibraryFolderRecovered,
  LibraryFolderRemoved,
  LibraryRemoved,
  LibraryRenamed,
} from '@projectionist/shared/events/library'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import { fold, foldMany, projection, subjectOf, sweep, table } from '../../platform/eventing/projection.js'

const libraries = table(
  'libraries',
  { id: 'uuid', name: 'text', kind: 'text', added_at: 'timestamptz' },
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
  version: 1,
  tables: [libraries, roots],
  when: [
    fold(LibraryAdded, libraries, event => [subjectOf(event)], (_, event) => ({
      id: subjectOf(event),
      name: event.data.name,
      kind: event.data.kind,
      added_at: event.metadata.time,
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
    fold(LibraryRemoved, libraries, event => [subjectOf(event)], () => undefined),
    sweep(LibraryRemoved, roots, 'library_id', subjectOf),
  ],
  views: {
    libraries: 'select * from {schema}.libraries',
    library_roots: 'select * from {schema}.roots',
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
    return row ? telling({ name: row.name, kind: row.kind, folders: folders.map(({ path }) => path), lostFolders: lost }) : {}
  },
}
