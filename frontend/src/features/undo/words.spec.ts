import type { LeftAsItIs } from '@projectionist/shared/api/undo'
import { describe, expect, it } from 'vitest'
import { changeWords, concernsFiles, kindsWords, leftWords } from './words.js'

describe('what an undo is about', () => {
  it('is said by kind', () => {
    expect(
      kindsWords([
        { type: 'MediaIngested', count: 2300 },
        { type: 'MetadataMatched', count: 1 },
      ]),
    ).toBe('2,300 files taken in and 1 description found')
    expect(kindsWords([{ type: 'SomethingNew', count: 2 }])).toBe('2 other changes')
    expect(
      kindsWords([
        { type: 'PlaybackProgressed', count: 90 },
        { type: 'PlaybackStarted', count: 1 },
      ]),
    ).toBe('1 play')
    expect([concernsFiles([{ type: 'MetadataEdited' }]), concernsFiles([{ type: 'MediaRestored' }])]).toEqual([false, true])
  })
  it('is said field by field', () => {
    expect(changeWords({ field: 'title', from: 'One', to: 'Two' })).toEqual({ name: 'Title', from: 'One', to: 'Two' })
    expect(changeWords({ field: 'genres', from: ['Drama', 'Crime'] })).toEqual({
      name: 'Genres',
      from: 'Drama, Crime',
      to: 'nothing',
    })
    expect(changeWords({ field: 'removed', to: true })).toEqual({ name: 'Leaves the library' })
    expect(changeWords({ field: 'removed', from: true })).toEqual({ name: 'Comes back into the library' })
    expect(changeWords({ field: 'positionMs', from: 65_000 })).toEqual({ name: 'Left off at', from: '1:05', to: 'nothing' })
  })
  it('says who stands in the way, and since when', () => {
    const left: LeftAsItIs = {
      subject: { category: 'item', id: 'a', title: 'Heat', kind: 'film' },
      eventId: '00000000-0000-4000-8000-000000000000',
      type: 'MetadataEdited',
      why: 'The same was edited again since.',
      since: {
        eventId: '00000000-0000-4000-8000-000000000001',
        type: 'MetadataEdited',
        at: '2026-01-02T10:00:00.000Z',
        actor: { kind: 'user', userId: '00000000-0000-4000-8000-000000000002' },
        actorName: 'Ada',
      },
    }
    expect(leftWords(left, Date.parse('2026-01-02T10:05:00.000Z'))).toBe('The same was edited again since: Ada, 5 minutes ago.')
    expect(leftWords({ ...left, why: 'The folder belongs to another library now.', since: null }, 0)).toBe(
      'The folder belongs to another library now.',
    )
  })
})
