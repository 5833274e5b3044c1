import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eventTypes } from './all.js'
import { ownerOf, personalEvents } from './personal.js'

const person = '0c0c0c0c-0000-4000-8000-00000000000a'
const item = '0c0c0c0c-0000-4000-8000-00000000000b'

describe('streams of a person', () => {
  it('are told by their name, or by what their first event says', () => {
    const owner = (streamId: string, data: unknown = {}) => ownerOf({ streamId, data })
    expect(owner(`user-${person}`)).toBe(person)
    expect(owner(`playback-${person}.${item}`)).toBe(person)
    expect(owner(`transcode-${item}`, { userId: person })).toBe(person)
    expect(owner(`transcode-${item}`, {})).toBeUndefined()
    expect(owner(`undo-${person}.${item}`)).toBe(person)
    expect(owner(`undo-${item}`)).toBeUndefined()
    expect(owner(`item-${item}`)).toBeUndefined()
    expect(owner(`erasure-${person}`, { userId: person })).toBeUndefined()
  })

  it('are the only ones that name a person', () => {
    const naming = [...eventTypes.values()]
      .filter(({ schema }) => JSON.stringify(z.toJSONSchema(schema)).includes('"userId"'))
      .map(({ name }) => name)
    const allowed = new Set([...personalEvents.map(({ name }) => name), 'UserErased', 'ErasureCompleted'])
    expect(naming.filter(name => !allowed.has(name))).toEqual([])
  })
})
