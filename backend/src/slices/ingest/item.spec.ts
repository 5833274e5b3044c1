import { GroupIdentified, MediaFileMoved, MediaFileRemoved, MediaIngested, MediaRestored, MetadataMatched } from '@projectionist/shared/events/item'
import { describe, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { Story } from '../../../test/undo.js'
import { anyDecider } from '../../platform/eventing/decider.js'
import { IdentifyGroup, IngestMedia, item, MatchMetadata, MoveMediaFile, RemoveMediaFile } from './item.js'

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
})

describe('what a scan did', () => {
  const story = () => new Story([anyDecider(item)], `item-${itemId}`)
  const restored = (...numbers: number[]) => numbers.map(data)
  const moved = { ...file(1), location: { rootId, relative: 'b.mkv' } }
  const named = { metadata: { title: 'Heat' } }

  it('is taken back: a new file leaves, and comes again when that is taken back', () => {
    const told = story()
    const [taken] = told.happens(ingested(1))
    const first = told.takesBack(taken!)
    first.appends(MediaRestored({ files: [], withdrawn: [fileId(1)] }))
    told.takesBack(...first.events).appends(MediaRestored({ files: restored(1), withdrawn: [], ...named }))
  })
  it('is taken back: what a file took the place of is there again', () => {
    const told = story()
    told.happens(ingested(1))
    const [replaced] = told.happens(MediaIngested({ ...data(2), replaces: fileId(1) }))
    told.takesBack(replaced!).appends(MediaRestored({ files: restored(1), withdrawn: [fileId(2)], ...named }))
  })
  it('is taken back: a file is where it was, and one that went is there again', () => {
    const told = story()
    told.happens(ingested(1))
    const [move] = told.happens(MediaFileMoved({ file: moved }))
    told.takesBack(move!).appends(MediaRestored({ files: restored(1), withdrawn: [], ...named }))
    const [gone] = told.happens(MediaFileRemoved({ fileId: fileId(1) }))
    told.takesBack(gone!).appends(MediaRestored({ files: restored(1), withdrawn: [], ...named }))
  })
  it('stays where the file was changed since', () => {
    const told = story()
    const [taken] = told.happens(ingested(1))
    const [move] = told.happens(MediaFileMoved({ file: moved }))
    told.takesBack(taken!).stays('The file was moved since.', move)
    told.takesBack(move!, taken!).appends(MediaRestored({ files: restored(1), withdrawn: [], ...named }), MediaRestored({ files: [], withdrawn: [fileId(1)] }))
  })
  it('gives the word back to what a source said before, if anything', () => {
    const told = story()
    told.happens(ingested(1))
    const first = MetadataMatched({ source: 'nfo', metadata: { rating: 8 }, fileId: fileId(1) })
    const [one] = told.happens(first)
    const [two] = told.happens(MetadataMatched({ source: 'nfo', metadata: { rating: 9 }, fileId: fileId(1) }))
    told.takesBack(one!).stays('The same source described it again since.', two)
    told.takesBack(two!).appends(first)
    told.takesBack(one!).appends(MetadataMatched({ source: 'nfo', metadata: {}, fileId: fileId(1) }))
  })
  it('leaves groups to go by themselves, and takes back what was learnt of them', () => {
    const told = story()
    const [found] = told.happens(GroupIdentified(group))
    told.takesBack(found!).needsNothing()
    const [learnt] = told.happens(GroupIdentified({ ...group, metadata: { title: 'Dark', year: 2017 } }))
    told.takesBack(learnt!).appends(GroupIdentified(group))
  })
})
