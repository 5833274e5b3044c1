import type { HistoryEntry } from '@projectionist/shared/api/history'
import { eventTypes } from '@projectionist/shared/events/all'
import { describe, expect, test } from 'vitest'
import { byCause, byDay } from './history.js'
import { historyWords } from './history-words.js'

const entry = (id: string, correlationId: string) => ({ id, correlationId, at: '2026-03-04T12:00:00Z' }) as HistoryEntry

test('neighbours of one cause stand together, later ones of it do not', () => {
  const causes = byCause([entry('1', 'a'), entry('2', 'a'), entry('3', 'b'), entry('4', 'a')])
  expect(causes.map(cause => cause.entries.map(one => one.id))).toEqual([['1', '2'], ['3'], ['4']])
})

test('days follow the zone of the person', () => {
  const times = ['2026-03-04T23:30:00', '2026-03-04T00:10:00', '2026-03-03T23:59:00']
  expect(byDay(times, time => time).map(day => day.values.length)).toEqual([2, 1])
})

describe('words', () => {
  test.each([...eventTypes.keys()].filter(name => !name.startsWith('Transcode')))('there are some for %s', name => {
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
