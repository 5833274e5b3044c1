import { ArtworkChosen, ArtworkNotFound, GroupIdentified, MediaFileMoved, MediaFileRemoved, MediaIngested, MetadataEdited, MetadataMatched } from '@projectionist/shared/events/item'
import type { Artwork } from '@projectionist/shared/events/media'
import { describe, expect, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { revert } from '../../platform/eventing/decider.js'
import { ChooseArtwork, EditMetadata, IdentifyGroup, IngestMedia, item, MatchMetadata, MoveMediaFile, RemoveMediaFile, ReportArtworkNotFound } from './item.js'

const itemId = '05050505-0000-4000-8000-000000000001'
const libraryId = '01010101-0000-4000-8000-000000000001'
const rootId = '02020202-0000-4000-8000-000000000001'
const fileId = (number: number): string => `0f0f0f0f-0000-4000-8000-00000000000${number}`
const file = (number: number, relative = `${number}.mkv`) => ({ fileId: fileId(number), location: { rootId, relative }, sizeBytes: 10, modifiedMs: 5 })
const media = { container: 'matroska', video: [], audio: [], subtitles: [] }
const data = (number: number) => ({ libraryId, kind: 'film' as const, file: file(number), key: 'film:heat:1995', media, metadata: { title: 'Heat' } })
const ingested = (number: number) => MediaIngested(data(number))
const ingest = (number: number, more: Partial<IngestMedia['data']> = {}) => new IngestMedia({ itemId, ...data(number), nfo: null, ...more }, by)
const group = { libraryId, kind: 'series' as const, key: 'series:dark:', metadata: { title: 'Dark' } }
const artwork: Artwork = { role: 'poster', source: { from: 'file', location: { rootId, relative: 'poster.jpg' } }, width: 2, height: 3, thumbhash: 'AA==', colour: '#000000', contentHash: 'a' }

describe('files of an item', () => {
  it('are taken in once', () => {
    given(item, []).when(ingest(1)).then(ingested(1))
    given(item, [ingested(1)]).when(ingest(1, { scanId: rootId })).then()
    given(item, [ingested(1)]).when(ingest(2)).then(ingested(2))
  })
  it('are moved when nothing but their place has changed, and taken in again when more has', () => {
    const moved = { ...file(1), location: { rootId, relative: 'b.mkv' } }
    given(item, [ingested(1)]).when(ingest(1, { file: moved, scanId: rootId })).then(MediaFileMoved({ file: moved, scanId: rootId }))
    given(item, [ingested(1)]).when(ingest(1, { file: moved, metadata: { title: 'Ronin' } })).then(MediaIngested({ ...data(1), file: moved, metadata: { title: 'Ronin' } }))
    given(item, [ingested(1)]).when(new MoveMediaFile({ itemId, file: moved }, by)).then(MediaFileMoved({ file: moved }))
    given(item, [ingested(1), MediaFileMoved({ file: moved })]).when(new MoveMediaFile({ itemId, file: moved }, by)).then()
    given(item, []).when(new MoveMediaFile({ itemId, file: moved }, by)).then()
  })
  it('take the place of each other', () => {
    given(item, [ingested(1)]).when(ingest(2, { replaces: fileId(1) })).then(MediaIngested({ ...data(2), replaces: fileId(1) }))
    given(item, [MediaIngested({ ...data(2), replaces: fileId(1) })]).when(ingest(2, { replaces: fileId(1) })).then()
  })
  it('go once, and may come back', () => {
    const remove = new RemoveMediaFile({ itemId, fileId: fileId(1) }, by)
    const removed = MediaFileRemoved({ fileId: fileId(1) })
    given(item, [ingested(1)]).when(remove).then(removed)
    given(item, [ingested(1), removed]).when(remove).then()
    given(item, [ingested(1), removed]).when(ingest(1)).then(ingested(1))
  })
})

describe('NFO files', () => {
  const nfo = { overview: 'A thief.' }
  const matched = MetadataMatched({ source: 'nfo', metadata: nfo, fileId: fileId(1) })
  const withdrawn = MetadataMatched({ source: 'nfo', metadata: {}, fileId: fileId(1) })
  it('speak for the item until they are gone', () => {
    given(item, []).when(ingest(1, { nfo })).then(ingested(1), matched)
    given(item, [ingested(1), matched]).when(ingest(1, { nfo })).then()
    given(item, [ingested(1), matched]).when(ingest(1)).then(withdrawn)
    given(item, [ingested(1), matched, withdrawn]).when(ingest(1)).then()
  })
  it('go with the file they lie beside, and with no other', () => {
    given(item, [ingested(1), matched]).when(ingest(2)).then(ingested(2))
    given(item, [ingested(1), matched]).when(new RemoveMediaFile({ itemId, fileId: fileId(1) }, by)).then(MediaFileRemoved({ fileId: fileId(1) }), withdrawn)
    given(item, [ingested(1), matched]).when(ingest(2, { replaces: fileId(1) })).then(MediaIngested({ ...data(2), replaces: fileId(1) }), withdrawn)
  })
})

describe('groups', () => {
  it('keep what is known and gain what is new', () => {
    const identify = (metadata: object) => new IdentifyGroup({ itemId, ...group, metadata }, by)
    given(item, []).when(identify({ title: 'Dark' })).then(GroupIdentified(group))
    given(item, [GroupIdentified(group)]).when(identify({ title: 'DARK' })).then()
    given(item, [GroupIdentified(group)]).when(identify({ title: 'DARK', year: 2017 })).then(GroupIdentified({ ...group, metadata: { title: 'Dark', year: 2017 } }))
    given(item, [GroupIdentified(group)]).when(new IdentifyGroup({ itemId, ...group, nfo: { rating: 8 } }, by)).then(MetadataMatched({ source: 'nfo', metadata: { rating: 8 } }))
  })
})

describe('what sources and people say', () => {
  it('is recorded when it is news', () => {
    const match = new MatchMetadata({ itemId, source: 'tmdb', metadata: { rating: 8 } }, by)
    const matched = MetadataMatched({ source: 'tmdb', metadata: { rating: 8 } })
    given(item, [ingested(1)]).when(match).then(matched)
    given(item, [ingested(1), matched]).when(match).then()
    given(item, []).when(match).refuses('item-not-found')
  })
  it('is edited field by field, within the contract', () => {
    const edit = (fields: EditMetadata['data']['fields']) => new EditMetadata({ itemId, fields }, by)
    given(item, [ingested(1)]).when(edit({ title: 'Heat!' })).then(MetadataEdited({ fields: { title: 'Heat!' } }))
    given(item, [ingested(1), MetadataEdited({ fields: { title: 'Heat!' } })]).when(edit({ title: 'Heat!', year: null })).then()
    given(item, [ingested(1)]).when(edit({ titel: 'x' })).refuses('invalid-request')
    given(item, [ingested(1)]).when(edit({ year: 'soon' })).refuses('invalid-request')
    given(item, [ingested(1)]).when(edit({ toString: 'x' })).refuses('invalid-request')
    given(item, []).when(edit({ title: 'x' })).refuses('item-not-found')
  })
  it('goes back to what stood before an edit', () => {
    const first = MetadataEdited({ fields: { title: 'A' } })
    const second = MetadataEdited({ fields: { title: 'B', year: 1999 } })
    const after = (...events: (typeof first)[]) => events.reduce((state, event) => item.evolve(state, event), item.initial)
    expect(revert(item, second, after(first, second))).toEqual([MetadataEdited({ fields: { title: 'A', year: null } })])
    expect(revert(item, first, after(first, second))).toHaveProperty('conflict')
    expect(revert(item, ingested(1), item.initial)).toHaveProperty('never')
  })
})

describe('artwork', () => {
  it('is chosen, or looked for in vain, once', () => {
    const choose = new ChooseArtwork({ itemId, ...artwork }, by)
    const report = new ReportArtworkNotFound({ itemId, fileId: fileId(1), detail: 'none' }, by)
    const none = ArtworkNotFound({ fileId: fileId(1), detail: 'none' })
    given(item, [ingested(1)]).when(choose).then(ArtworkChosen(artwork))
    given(item, [ingested(1), ArtworkChosen(artwork)]).when(choose).then()
    given(item, [ingested(1)]).when(report).then(none)
    given(item, [ingested(1), none]).when(report).then()
    given(item, []).when(choose).refuses('item-not-found')
  })
})
