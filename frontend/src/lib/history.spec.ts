import type { HistoryEntry } from '@projectionist/shared/api/history'
import { eventTypes } from '@projectionist/shared/events/all'
import { describe, expect, test } from 'vitest'
import { changeWords, dataWords, fieldName } from './history-fields.js'
import { groupWords } from './history-group-words.js'
import { historyKinds } from './history-kinds.js'
import { actorWords, historyWords, subjectWords } from './history-words.js'
import { byDay } from './history.js'

test('days follow the zone of the person', () => {
  const times = ['2026-03-04T23:30:00', '2026-03-04T00:10:00', '2026-03-03T23:59:00']
  expect(byDay(times, time => time).map(day => day.values.length)).toEqual([2, 1])
})

describe('words', () => {
  test.each([...eventTypes.keys()])('there are some for %s', name => {
    expect(historyWords({ type: name, data: {} }).did).not.toMatch(/:$/)
  })

  test('an unknown event goes by its name', () => {
    expect(historyWords({ type: 'LampReplaced', data: {} })).toEqual({ icon: 'other', did: 'lamp replaced:' })
    expect(historyWords({ type: 'constructor', data: {} }).icon).toBe('other')
  })

  test('a pause says where', () => {
    expect(historyWords({ type: 'PlaybackProgressed', data: { cause: 'pause', positionMs: 1_900_000 } })).toEqual({
      icon: 'play',
      did: 'paused',
      detail: 'at 31:40',
    })
  })
})

const first = (type: string, data: object = {}, more: object = {}) =>
  ({ type, data, subject: { category: 'item', id: 'x', title: 'Dusk', item: null }, ...more }) as unknown as HistoryEntry
const line = (entry: HistoryEntry, counts: Record<string, number>, story: object = {}) =>
  groupWords({ first: entry, counts, story, entries: Object.values(counts).reduce((sum, one) => sum + one, 0) })

describe('a line', () => {
  test('of one entry says what that says', () => {
    expect(line(first('ItemRated', { rating: 9 }), { ItemRated: 1 })).toEqual({ icon: 'star', did: 'gave 9 of 10 to' })
  })
  test('of a play says from where to where', () => {
    const play = { fromMs: 10_000, toMs: 52_000, durationMs: 60_000, finished: false }
    const counts = { PlaybackStarted: 1, PlaybackProgressed: 4 }
    expect(line(first('PlaybackStarted'), counts, { play })).toEqual({
      icon: 'play',
      did: 'watched',
      detail: 'from 0:10 to 0:52',
    })
    const album = first(
      'PlaybackStarted',
      {},
      { subject: { category: 'playback', id: 'x', title: 'Air', item: { kind: 'track' } } },
    )
    expect(line(album, { ...counts, TranscodeStarted: 1 }, { play: { ...play, finished: true } })).toEqual({
      icon: 'done',
      did: 'listened to',
      detail: 'from 0:10 to the end, converted',
    })
  })
  test('of a scan says what it came to, and before that how far it is', () => {
    const scan = { state: 'done', added: 412, changed: 0, moved: 3, removed: 0, failed: 0 }
    expect(line(first('ScanStarted'), { ScanStarted: 1, MediaIngested: 412, ScanCompleted: 1 }, { scan })).toEqual({
      icon: 'scan',
      did: 'scanned',
      detail: '412 added, 3 moved',
    })
    expect(line(first('ScanStarted'), { ScanStarted: 1, MediaIngested: 7 }, { scan: { ...scan, state: 'running' } }).detail).toBe(
      '7 files dealt with, still running',
    )
    expect(line(first('LibraryAdded'), { LibraryAdded: 1, ScanStarted: 1, MediaIngested: 412 }, { scan })).toMatchObject({
      did: 'added the library',
      detail: '412 added, 3 moved',
    })
  })
  test('of many alike counts them, of several kinds names the first', () => {
    expect(line(first('MarkedWatched'), { MarkedWatched: 8 })).toEqual({
      icon: 'done',
      did: 'marked 8 things as watched',
      withSubject: false,
    })
    expect(line(first('UserRoleChanged', { role: 'admin' }), { UserRoleChanged: 1, UserDisabled: 1 })).toEqual({
      icon: 'person',
      did: 'made an admin of',
      detail: 'and 1 thing more',
    })
  })
})

describe('what changed', () => {
  const id = '0a0a0a0a-0000-4000-8000-000000000001'
  test('has names people use', () => {
    expect(fieldName('positionMs')).toBe('Position')
    expect(fieldName('someNewField')).toBe('Some new field')
  })
  test('says places as players do, ids by their names, and of lists what came and went', () => {
    expect(changeWords({ field: 'positionMs', from: 10_000, to: 3_730_000 }, {})).toEqual({
      field: 'Position',
      before: ['0:10'],
      after: ['1:02:10'],
    })
    expect(changeWords({ field: 'libraries', from: 'all', to: [id] }, { [id]: 'Films' })).toEqual({
      field: 'Libraries',
      before: ['All libraries, also those to come'],
      after: ['Films'],
    })
    expect(changeWords({ field: 'tags', from: ['silent', 'kept'], to: ['kept', 'restored'] }, {})).toEqual({
      field: 'Tags',
      before: ['silent'],
      after: ['restored'],
    })
    expect(
      changeWords({ field: 'people', from: undefined, to: [{ name: 'Brigitte Helm', role: 'actor', character: 'Maria' }] }, {})
        .after,
    ).toEqual(['Brigitte Helm, Maria'])
    expect(changeWords({ field: 'disabled', from: false, to: true }, {})).toEqual({
      field: 'Disabled',
      before: ['no'],
      after: ['yes'],
    })
    expect(changeWords({ field: 'pictures', to: { poster: 'abc' } }, {})).toEqual({
      field: 'Pictures',
      before: [],
      after: ['poster'],
    })
  })
  test('is told from the event itself where nobody knows before and after', () => {
    expect(dataWords({ method: 'remux', segments: 1200, itemId: id }, {})).toEqual([
      { field: 'Method', before: [], after: ['remux'] },
      { field: 'Segments', before: [], after: ['1,200'] },
    ])
  })
})

test('an episode goes by its series and number, what is gone says so', () => {
  const item = { id: 'x', kind: 'episode' as const, of: 'Star Trails', seasonNumber: 1, episodeNumber: 3, picture: null }
  expect(subjectWords({ category: 'playback', title: 'Dusk', item })).toBe('Star Trails, S1 E3 Dusk')
  expect(subjectWords({ category: 'item', title: null, item: null })).toBe('something taken away since')
  expect(subjectWords({ category: 'user', title: null, item: null })).toBe('')
})

test('who did it has a name, also when it is the server or somebody who is gone', () => {
  expect(actorWords({ actor: { kind: 'process', name: 'scan' }, actorName: 'scan' })).toBe('The scanner')
  expect(actorWords({ actor: { kind: 'user', userId: 'x' }, actorName: '' })).toBe('Somebody who is gone')
})

test('every kind of event that people look for exists, and none is looked for twice', () => {
  const types = historyKinds.flatMap(kind => kind.types)
  expect(new Set(types).size).toBe(types.length)
  expect(types.filter(type => !eventTypes.has(type))).toEqual([])
})
