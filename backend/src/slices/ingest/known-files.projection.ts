import { MediaFileMoved, MediaFileRemoved, MediaIngested } from '@projectionist/shared/events/item'
import { LibraryRemoved } from '@projectionist/shared/events/library'
import { fold, projection, subjectOf, sweep, table } from '../../platform/eventing/projection.js'

/** Files by place, content and work. Those that went are remembered, so that their item is found again when they come back. */
const files = table(
  'files',
  {
    item_id: 'uuid',
    file_id: 'uuid',
    library_id: 'uuid',
    root_id: 'uuid',
    relative: 'text',
    file: 'json',
    key: 'text?',
    gone: 'boolean',
  },
  {
    key: ['item_id', 'file_id'],
    indexes: ['(root_id, relative collate "C") where not gone', '(file_id)', '(library_id, key) where not gone'],
  },
)

export const knownFilesProjection = projection({
  name: 'known_files',
  version: 1,
  tables: [files],
  when: [
    fold(MediaIngested, files, event => [subjectOf(event), event.data.file.fileId], (_, event) => ({
      item_id: subjectOf(event),
      file_id: event.data.file.fileId,
      library_id: event.data.libraryId,
      root_id: event.data.file.location.rootId,
      relative: event.data.file.location.relative,
      file: event.data.file,
      key: event.data.key ?? null,
      gone: false,
    })),
    fold(MediaIngested, files, event => (event.data.replaces ? [subjectOf(event), event.data.replaces] : undefined), (row, { data }) =>
      row && data.replaces !== data.file.fileId ? { ...row, gone: true } : row),
    fold(MediaFileMoved, files, event => [subjectOf(event), event.data.file.fileId], (row, { data: { file } }) =>
      row && { ...row, root_id: file.location.rootId, relative: file.location.relative, file, gone: false }),
    fold(MediaFileRemoved, files, event => [subjectOf(event), event.data.fileId], row => row && { ...row, gone: true }),
    sweep(LibraryRemoved, files, 'library_id', subjectOf),
  ],
  views: { known_files: 'select * from {schema}.files' },
})
