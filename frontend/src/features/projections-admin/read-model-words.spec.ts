import type { ReadModel } from '@projectionist/shared/api/projections'
import { titleOf } from '@projectionist/shared/api/read-model-titles'
import { describe, expect, it } from 'vitest'
import { isBusy, stateWords } from './read-model-words.js'

const live: ReadModel = {
  name: 'items',
  version: 1,
  serves: 1,
  state: 'live',
  position: '12',
  behind: { events: 0, more: false, since: null },
  filling: null,
  rebuildAsked: false,
  fault: null,
  trouble: null,
  givenUp: null,
}
const now = Date.parse('2026-11-25T12:00:00Z')

describe('words for read models', () => {
  it.each([
    [live, 'Up to date', false],
    [{ ...live, filling: { done: 0.459, rate: 48_200 } }, 'Rebuilding, 45% · 48,200 events a second', true],
    [{ ...live, rebuildAsked: true }, 'Rebuild asked for, about to begin', true],
    [{ ...live, state: 'rebuilding', serves: null }, 'About to be built', true],
    [{ ...live, state: 'waiting' }, 'Waiting for a server that sees to it', false],
    [{ ...live, behind: { events: 1, more: false, since: null } }, '1 event behind', true],
    [
      { ...live, behind: { events: 10_000, more: true, since: '2026-11-25T11:48:00Z' } },
      '10,000 events or more behind, since 12 minutes ago',
      true,
    ],
    [{ ...live, state: 'faulted', fault: { error: 'no', event: null } }, 'Stands still', false],
  ] as const)('%o', (model, words, busy) => {
    expect(stateWords(model, now)).toBe(words)
    expect(isBusy(model)).toBe(busy)
  })

  it('call the known by name, and others by theirs', () => {
    expect([titleOf({ name: 'items' }), titleOf({ name: 'smart_lists' })]).toEqual(['Catalogue', 'Smart lists'])
  })
})
