import { eventTypes } from '@projectionist/shared/events/all'
import { playbackEvents } from '@projectionist/shared/events/playback'
import { userEvents } from '@projectionist/shared/events/user'
import { describe, expect, it } from 'vitest'
import { deciders } from './all.js'

/** Written by others at this moment, and to go from here as soon as they are there. */
const awaited = new Set([...playbackEvents, ...userEvents].map(({ name }) => name as string))

describe('every kind of event', () => {
  it.each([...eventTypes.keys()])('%s says, in one decider, what takes it back or why nothing can', type => {
    const saying = deciders.filter(({ reverts }) => reverts && Object.hasOwn(reverts, type))
    if (awaited.has(type) && saying.length === 0) return
    expect(saying.length).toBe(1)
    const way = saying[0]!.reverts![type]!
    if (typeof way !== 'function') expect(way.never).toMatch(/^[A-Z].+\.$/)
  })
  it('is not said of that does not exist', () => {
    for (const { reverts = {} } of deciders) for (const type of Object.keys(reverts)) expect(eventTypes.has(type)).toBe(true)
  })
})
