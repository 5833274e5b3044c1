import type { EventOf } from '@projectionist/shared/events/event'
import { LibraryAdded, LibraryRemoved, LibraryRestored } from '@projectionist/shared/events/library'
import {
  ArtworkChosen,
  ArtworkWithdrawn,
  MediaIngested,
  MediaFileRemoved,
  MediaRestored,
} from '@projectionist/shared/events/item'
import { UndoCompleted, UndoConflictsFound, UndoRequested } from '@projectionist/shared/events/undo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Recording } from '../../../test/events.js'
import { ProjectionBench } from '../../../test/projection.js'
import { artworkOwedProjection } from '../artwork/artwork-owed.projection.js'
import { itemsProjection } from '../catalog/items.projection.js'
import { knownFilesProjection } from '../ingest/known-files.projection.js'
import { scansProjection } from '../ingest/scans.projection.js'
import { librariesProjection } from '../libraries/libraries.projection.js'
import { undosProjection } from './undos.projection.js'

const [library, one, two, root, file, other] = ['1', '2', '3', '4', '5', '6'].map(
  n => `0a0a0a0a-0000-4000-8000-00000000000${n}`,
) as [string, string, string, string, string, string]
const [item, undo, person] = [`item-${one}`, two, other]
const data = (fileId: string, title: string) => ({
  libraryId: library,
  kind: 'film' as const,
  key: 'film:heat',
  media: { container: 'matroska', video: [], audio: [], subtitles: [] },
  metadata: { title },
  file: { fileId, location: { rootId: root, relative: `${title}.mkv` }, sizeBytes: 1, modifiedMs: 1 },
})
const projections = [
  librariesProjection,
  scansProjection,
  itemsProjection,
  knownFilesProjection,
  artworkOwedProjection,
  undosProjection,
]

describe('read models', () => {
  let bench: ProjectionBench
  const log = new Recording()
  const happens = async (streamId: string, ...events: EventOf[]): Promise<void> => {
    const recorded = log.record(streamId, ...events)
    for (const projection of projections) await bench.project(projection, recorded)
  }
  const rows = <R extends object>(sql: string): Promise<R[]> => bench.sql.query<R>(sql)
  beforeAll(async () => {
    bench = await ProjectionBench.open(...projections)
    await happens(`library-${library}`, LibraryAdded({ name: 'Films', kind: 'films', roots: [{ rootId: root, path: '/films' }] }))
    await happens(item, MediaIngested(data(file, 'Heat')))
  })
  afterAll(() => bench.drop())

  it('put files back as they were known, and take them out', async () => {
    await happens(item, MediaIngested({ ...data(other, 'Ronin'), replaces: file }))
    await happens(item, MediaRestored({ files: [data(file, 'Heat')], withdrawn: [other], metadata: { title: 'Heat' } }))
    expect(await rows('select title, removed from read.items')).toEqual([{ title: 'Heat', removed: false }])
    expect(await rows('select file_id, gone, relative from read.known_files order by file_id')).toEqual([
      { file_id: file, gone: false, relative: 'Heat.mkv' },
      { file_id: other, gone: true, relative: 'Ronin.mkv' },
    ])
    await happens(item, MediaRestored({ files: [], withdrawn: [file] }))
    expect(await rows('select removed from read.items')).toEqual([{ removed: true }])
    expect(await rows('select * from read.artwork_to_do')).toEqual([])
    await happens(item, MediaRestored({ files: [data(file, 'Heat')], withdrawn: [], metadata: { title: 'Heat' } }))
    expect(await rows('select title, removed from read.items')).toEqual([{ title: 'Heat', removed: false }])
    expect(await rows<{ work_id: string }>('select work_id from read.artwork_to_do')).toEqual([{ work_id: one }])
  })

  it('take a picture away', async () => {
    await happens(
      item,
      ArtworkChosen({
        role: 'poster',
        source: { from: 'embedded', location: { rootId: root, relative: 'Heat.mkv' } },
        width: 1,
        height: 1,
        thumbhash: '',
        colour: '#000000',
        contentHash: 'a',
      }),
    )
    await happens(item, ArtworkWithdrawn({ role: 'poster' }))
    expect(await rows('select pictures from read.items')).toEqual([{ pictures: {} }])
  })

  it('hide a library that is removed, and show it again with all that was in it', async () => {
    const shown = async (): Promise<unknown[]> => [
      await rows('select id, name from read.libraries'),
      await rows('select path from read.library_roots'),
      await rows('select id from read.items'),
      await rows('select file_id from read.known_files where not gone'),
      await rows('select library_id from read.owed_first_scans'),
    ]
    await happens(
      item,
      MediaFileRemoved({ fileId: file }),
      MediaRestored({ files: [data(file, 'Heat')], withdrawn: [], metadata: { title: 'Heat' } }),
    )
    const owing = await rows('select work_id from read.artwork_to_do')
    const before = await shown()
    await happens(`library-${library}`, LibraryRemoved({}))
    expect(await shown()).toEqual([[], [], [], [{ file_id: file }], []])
    expect(await rows('select work_id from read.artwork_to_do')).toEqual([])
    expect(await rows('select work_id from read.owed_artwork')).toEqual([])
    await happens(`library-${library}`, LibraryRestored({ roots: [{ rootId: root, path: '/films' }] }))
    expect(await shown()).toEqual(before)
    expect(await rows('select work_id from read.artwork_to_do')).toEqual(owing)
  })

  it('know undos, what they left, and what took them back', async () => {
    await happens(`undo-${undo}`, UndoRequested({ selection: { of: 'scan', scanId: one }, events: 3 }))
    expect(await rows('select work_id from read.owed_undos')).toEqual([{ work_id: undo }])
    await happens(
      `undo-${undo}`,
      UndoConflictsFound({
        conflicts: [{ streamId: item, eventId: file, type: 'MediaIngested', why: 'It was moved since.', since: other }],
      }),
      UndoCompleted({ reverted: 2, unneeded: 0, conflicts: 1 }),
    )
    await happens(`undo-${person}.${one}`, UndoRequested({ selection: { of: 'cause', correlationId: undo }, events: 2 }))
    expect(
      await rows('select id, personal, state, total, reverted, conflicts, taken_back_by from read.undos order by requested_at'),
    ).toEqual([
      { id: undo, personal: false, state: 'done', total: 3, reverted: 2, conflicts: 1, taken_back_by: one },
      { id: one, personal: true, state: 'running', total: 2, reverted: 0, conflicts: 0, taken_back_by: null },
    ])
    expect(await rows('select undo_id, stream_id, why, since from read.undo_conflicts')).toEqual([
      { undo_id: undo, stream_id: item, why: 'It was moved since.', since: other },
    ])
  })
})
