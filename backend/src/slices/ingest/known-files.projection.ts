import { MediaFileMoved, MediaFileRemoved, MediaIngested, MediaRestored, type ItemEvent } from '@projectionist/shared/events/item'
import { fold, foldMany, projection, subjectOf, table, type RowOf } from '../../platform/eventing/projection.js'

/**
 * Files by place, content and work. Those that went are remembered, so that their item is found again when they come back; so are
 * those of a library that was removed, for it may be brought back.
 */
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

const present = (itemId: string, { libraryId, file, key }: Extract<ItemEvent, { type: 'MediaIngested' }>['data']): RowOf<typeof files> => ({
  item_id: itemId,
  file_id: file.fileId,
  library_id: libraryId,
  root_id: file.location.rootId,
  relative: file.location.relative,
  file,
  key: key ?? null,
  gone: false,
})

export const knownFilesProjection = projection({
  name: 'known_files',
  version: 2,
  tables: [files],
  when: [
    fold(MediaIngested, files, event => [subjectOf(event), event.data.file.fileId], (_, event) => present(subjectOf(event), event.data)),
    fold(MediaIngested, files, event => (event.data.replaces ? [subjectOf(event), event.data.replaces] : undefined), (row, { data }) =>
      row && data.replaces !== data.file.fileId ? { ...row, gone: true } : row),
    fold(MediaFileMoved, files, event => [subjectOf(event), event.data.file.fileId], (row, { data: { file } }) =>
      row && { ...row, root_id: file.location.rootId, relative: file.location.relative, file, gone: false }),
    fold(MediaFileRemoved, files, event => [subjectOf(event), event.data.fileId], row => row && { ...row, gone: true }),
    foldMany(
      MediaRestored,
      files,
      event => [...event.data.files.map(({ file }) => file.fileId), ...event.data.withdrawn].map(fileId => [subjectOf(event), fileId]),
      (row, event, [, fileId]) => {
        const restored = event.data.files.find(({ file }) => file.fileId === fileId)
        return restored ? present(subjectOf(event), restored) : row && { ...row, gone: true }
      },
    ),
  ],
  views: { known_files: 'select * from {schema}.files' },
})
