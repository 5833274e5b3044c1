import { eventTypes } from '@projectionist/shared/events/all'
import { describe, expect, it } from 'vitest'
import { deciders } from './all.js'

describe('every kind of event', () => {
  it.each([...eventTypes.keys()])('%s says, in one decider, what takes it back or why nothing can', type => {
    const saying = deciders.filter(({ reverts }) => reverts && Object.hasOwn(reverts, type))
    expect(saying.length).toBe(1)
    const way = saying[0]!.reverts![type]!
    if (typeof way !== 'function') expect(way.never).toMatch(/^[A-Z].+\.$/)
  })
  it('is not said of that does not exist', () => {
    for (const { reverts = {} } of deciders) for (const type of Object.keys(reverts)) expect(eventTypes.has(type)).toBe(true)
  })
})
