import { ArtworkChosen, ArtworkNotFound, GroupIdentified, MediaFileMoved, MediaFileRemoved, MediaIngested } from '@projectionist/shared/events/item'
import { LibraryRemoved } from '@projectionist/shared/events/library'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { fold, projection, subjectOf, sweep, table, type RowOf } from '../../platform/eventing/projection.js'

/** Items, where a picture of them may be found, and whether somebody has to look. */
const subjects = table(
  'subjects',
  {
    item_id: 'uuid',
    library_id: 'uuid',
    kind: 'text',
    parent_id: 'uuid?',
    title: 'text?',
    season_number: 'int?',
    /** Of the first file; groups have none and look beside those of what is in them. */
    file_id: 'uuid?',
    root_id: 'uuid?',
    relative: 'text?',
    media: 'json?',
    owes: 'boolean',
    since: 'bigint',
    /** The event since which, and what that belongs to: the pictures follow from it. */
    cause_id: 'uuid',
    correlation_id: 'uuid',
  },
  { key: ['item_id'], indexes: ['(since) where owes', '(parent_id)'] },
)
type Subject = RowOf<typeof subjects>

const causeOf = ({ id, metadata }: Pick<RecordedEvent, 'id' | 'metadata'>) => ({ cause_id: id, correlation_id: metadata.correlationId })
const settle = (row: Subject | undefined): Subject | undefined => row && { ...row, owes: false }

export const artworkOwedProjection = projection({
  name: 'artwork_owed',
  version: 2,
  tables: [subjects],
  when: [
    fold(GroupIdentified, subjects, event => [subjectOf(event)], (row, { data, position, ...event }) =>
      row ?? {
        ...causeOf(event),
        item_id: event.streamId.slice('item-'.length),
        library_id: data.libraryId,
        kind: data.kind,
        parent_id: data.parentId ?? null,
        title: data.metadata.title ?? null,
        season_number: data.metadata.seasonNumber ?? null,
        file_id: null,
        root_id: null,
        relative: null,
        media: null,
        owes: true,
        since: position,
      }),
    fold(MediaIngested, subjects, event => [subjectOf(event)], (_, event) => ({
      ...causeOf(event),
      item_id: subjectOf(event),
      library_id: event.data.libraryId,
      kind: event.data.kind,
      parent_id: event.data.parentId ?? null,
      title: event.data.metadata.title ?? null,
      season_number: event.data.metadata.seasonNumber ?? null,
      file_id: event.data.file.fileId,
      root_id: event.data.file.location.rootId,
      relative: event.data.file.location.relative,
      media: event.data.media,
      // A track shows its album's cover.
      owes: event.data.kind !== 'track',
      since: event.position,
    })),
    // What was looked for in vain may have come with this file.
    fold(MediaIngested, subjects, event => (event.data.parentId ? [event.data.parentId] : undefined), (row, event) =>
      row && (row.owes ? row : { ...row, ...causeOf(event), owes: true, since: event.position })),
    fold(MediaFileMoved, subjects, event => [subjectOf(event)], (row, { data: { file } }) =>
      row?.file_id === file.fileId ? { ...row, root_id: file.location.rootId, relative: file.location.relative } : row),
    fold(MediaFileRemoved, subjects, event => [subjectOf(event)], (row, { data: { fileId } }) => (row?.file_id === fileId ? settle(row) : row)),
    fold(ArtworkChosen, subjects, event => [subjectOf(event)], settle),
    fold(ArtworkNotFound, subjects, event => [subjectOf(event)], settle),
    sweep(LibraryRemoved, subjects, 'library_id', subjectOf),
  ],
  views: {
    /** What owes a picture, oldest first by `since`. */
    artwork_to_do: 'select item_id as work_id, root_id, since from {schema}.subjects where owes',
    /** The same, one by one, with a file to start from: its own, or one of those inside. */
    owed_artwork: `
      select s.item_id as work_id, s.library_id, s.kind, s.title, s.season_number, s.since, s.cause_id, s.correlation_id,
        coalesce(s.root_id, f.root_id) as root_id, coalesce(s.relative, f.relative) as relative, coalesce(s.media, f.media) as media
      from {schema}.subjects s
      left join lateral (
        select l.root_id, l.relative, l.media from (
          select c.* from {schema}.subjects c where s.file_id is null and c.parent_id = s.item_id and c.file_id is not null
          union all
          select d.* from {schema}.subjects c join {schema}.subjects d on d.parent_id = c.item_id
          where s.file_id is null and c.parent_id = s.item_id and d.file_id is not null
        ) l order by l.relative limit 1
      ) f on true
      where s.owes`,
  },
})
