import type { EventType } from '@projectionist/shared/events/event'
import {
  ArtworkChosen,
  ArtworkWithdrawn,
  GroupIdentified,
  MediaFileMoved,
  MediaFileRemoved,
  MediaIngested,
  MediaRestored,
  MetadataEdited,
  MetadataMatched,
} from '@projectionist/shared/events/item'
import { LibraryRemoved, LibraryRestored } from '@projectionist/shared/events/library'
import type { ItemKind, Metadata } from '@projectionist/shared/events/media'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import { derive, fold, projection, subjectOf, table } from '../../platform/eventing/projection.js'
import { fieldOf, metadataOf, type Sources } from '../../platform/media/metadata-sources.js'
import { describe, items, partsOf, type ItemRow, type KnownFile } from './item-row.js'

type DataOf<T> = T extends EventType<string, infer D> ? D : never
type Parts = ReturnType<typeof partsOf>

/** Items of a library that was removed are kept, and hidden: should it come back, so do they. */
const removedLibraries = table('removed_libraries', { id: 'uuid' }, { key: ['id'] })
const people = table('people', { name: 'text', item_id: 'uuid' }, { key: ['name', 'item_id'] })

const change = <T extends EventType>(type: T, apply: (parts: Parts, event: RecordedEvent<DataOf<T>>) => Parts) =>
  fold(type, items, event => [subjectOf(event)], (row, event) => row && again(row, event, apply(partsOf(row), event)))

const again = (row: ItemRow, event: RecordedEvent, parts: Parts): ItemRow => describe({ ...row, changed_position: event.position }, parts)

const start = (event: RecordedEvent, data: { libraryId: string; kind: ItemKind; parentId?: string | undefined }, parts: Parts): ItemRow =>
  describe(
    {
      id: subjectOf(event),
      library_id: data.libraryId,
      kind: data.kind,
      parent_id: data.parentId ?? null,
      added_at: event.metadata.time,
      changed_position: event.position,
    },
    parts,
  )

/** The versions of an item, best picture first; the order in which they came decides between equals. */
const withFile = (known: readonly KnownFile[], added: KnownFile, replaces: string | undefined): KnownFile[] =>
  [...known.filter(({ file }) => file.fileId !== added.file.fileId && file.fileId !== replaces), added].toSorted((a, b) => pixels(b) - pixels(a))
const pixels = ({ media }: KnownFile): number => Math.max(0, ...media.video.map(({ width, height }) => width * height))

export const itemsProjection = projection({
  name: 'items',
  version: 2,
  tables: [items, removedLibraries, people],
  when: [
    fold(GroupIdentified, items, event => [subjectOf(event)], (row, event) => {
      const parts = row ? partsOf(row) : { sources: {}, files: [], pictures: {} }
      const { data } = event
      const told = { ...parts, sources: { ...parts.sources, group: data.metadata } }
      return row ? again(row, event, told) : start(event, data, told)
    }),
    fold(MediaIngested, items, event => [subjectOf(event)], (row, event) => {
      const { data } = event
      const parts = row ? partsOf(row) : { sources: {}, files: [], pictures: {} }
      const added = { file: data.file, media: data.media, edition: data.edition }
      const told: Parts = {
        ...parts,
        files: withFile(parts.files, added, data.replaces),
        sources: { ...parts.sources, file: data.metadata },
      }
      return row ? again({ ...row, parent_id: data.parentId ?? row.parent_id }, event, told) : start(event, data, told)
    }),
    change(MediaFileMoved, (parts, { data: { file } }) => ({
      ...parts,
      files: parts.files.map(known => (known.file.fileId === file.fileId ? { ...known, file } : known)),
    })),
    change(MediaFileRemoved, (parts, { data: { fileId } }) => ({ ...parts, files: parts.files.filter(({ file }) => file.fileId !== fileId) })),
    fold(MediaRestored, items, event => [subjectOf(event)], (row, event) => {
      if (!row) return row
      const { files, withdrawn, metadata, parentId } = event.data
      const parts = partsOf(row)
      const left = parts.files.filter(({ file }) => !withdrawn.includes(file.fileId))
      const restored = files.reduce((known, { file, media, edition }) => withFile(known, { file, media, edition }, undefined), left)
      const told = { ...parts, files: restored, sources: { ...parts.sources, ...(metadata && { file: metadata }) } }
      return again({ ...row, parent_id: parentId ?? row.parent_id }, event, told)
    }),
    change(MetadataMatched, (parts, { data: { source, metadata } }) => ({ ...parts, sources: { ...parts.sources, [source]: metadata } })),
    change(MetadataEdited, (parts, { data: { fields } }) => ({
      ...parts,
      sources: { ...parts.sources, edited: { ...parts.sources.edited, ...fields } as Metadata },
    })),
    change(ArtworkChosen, (parts, { data }) => ({ ...parts, pictures: { ...parts.pictures, [data.role]: data } })),
    change(ArtworkWithdrawn, (parts, { data: { role } }) => {
      const { [role]: _, ...pictures } = parts.pictures
      return { ...parts, pictures }
    }),

    fold(LibraryRemoved, removedLibraries, event => [subjectOf(event)], (_, event) => ({ id: subjectOf(event) })),
    fold(LibraryRestored, removedLibraries, event => [subjectOf(event)], () => undefined),
  ],
  derived: [
    derive(items, people, row =>
      row.removed ? [] : [...new Set((fieldOf(row.sources as Sources, 'people') ?? []).map(({ name }) => name))].map(name => ({ name, item_id: row.id }))),
  ],
  views: {
    items: 'select i.* from {schema}.items i where not exists (select from {schema}.removed_libraries r where r.id = i.library_id)',
    removed_libraries: 'select * from {schema}.removed_libraries',
    people: 'select * from {schema}.people',
  },
  announces: { topic: 'items', subject: event => ({ itemId: subjectOf(event) }) },
})

export const itemPortrait: Portrait = {
  category: 'item',
  projection: itemsProjection,
  fields(rows) {
    const [row] = rows(items)
    if (!row) return {}
    const { sources, files, pictures } = partsOf(row)
    return telling({
      ...metadataOf(sources),
      title: row.title,
      year: row.year,
      files: files.map(({ file }) => file.location.relative),
      pictures: Object.fromEntries(Object.entries(pictures).map(([role, { contentHash }]) => [role, contentHash])),
      ...(row.removed && { removed: true }),
    })
  },
}
