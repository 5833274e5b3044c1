import { event } from '@projectionist/shared/events/event'
import { eventTypes } from '@projectionist/shared/events/all'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { goldenEvents, sealOf, seals, writeMissing } from '../../../test/golden.js'
import { EventCatalog, UnreadableEvent } from './event-catalog.js'
import type { RecordedEvent } from './event-store.js'

// For a new type or a new version: WRITE_GOLDEN=1 npm test -- golden
if (process.env['WRITE_GOLDEN']) writeMissing(eventTypes.values())

const golden = goldenEvents()
const id = '6f1d5b9e-3c55-4c1a-9d0e-7a4f0f6c2b11'
const recorded = (type: string, version: number, data: unknown): RecordedEvent => ({
  id,
  type,
  data,
  streamId: `x-${id}`,
  revision: 0,
  position: 1,
  metadata: {
    version,
    commandId: id,
    correlationId: id,
    causationId: id,
    actor: { kind: 'process', name: 'golden' },
    reason: 'golden',
    time: '2026-11-22T20:15:00.000Z',
  },
})

describe('golden events', () => {
  it('are there for every version of every type', () => {
    const wanted = [...eventTypes.values()].flatMap(({ name, version }) =>
      Array.from({ length: version }, (_, n) => `${name}.v${n + 1}`),
    )
    expect(wanted.filter(name => !golden.has(name))).toEqual([])
    expect(
      [...golden.keys()].filter(name => !wanted.includes(name)),
      'a type that was ever stored stays readable',
    ).toEqual([])
  })

  it('are what they were when they were written', () => {
    expect(Object.fromEntries([...golden].map(([name, data]) => [name, sealOf(data)]))).toEqual(seals())
  })

  it.each([...golden])('%s reads as an event of today, with nothing lost on the way', (name, data) => {
    const [, type = '', version = ''] = /^(.+)\.v(\d+)$/.exec(name) ?? []
    const current = new EventCatalog(eventTypes).current(recorded(type, Number(version), data))
    expect(current.metadata.version).toBe(eventTypes.get(type)!.version)
    expect(eventTypes.get(type)!.schema.parse(current.data)).toEqual(current.data)
  })
})

describe('upcasting', () => {
  // Lengths were once in minutes; later the person's name was split off into an id.
  const Watched = event('Watched', z.object({ userId: z.string(), lengthMs: z.int() }), {
    1: ({ minutes, ...rest }: { user: string; minutes: number }) => ({ ...rest, lengthMs: minutes * 60_000 }),
    2: ({ user, ...rest }: { user: string; lengthMs: number }) => ({ ...rest, userId: `user ${user}` }),
  })
  const catalog = new EventCatalog(new Map([[Watched.name, Watched]]))

  it('goes version by version up to the one of today', () => {
    const stored: Record<number, unknown> = {
      1: { user: 'ada', minutes: 2 },
      2: { user: 'ada', lengthMs: 120_000 },
      3: { userId: 'user ada', lengthMs: 120_000 },
    }
    for (const version of [1, 2, 3])
      expect(catalog.current(recorded('Watched', version, stored[version]))).toEqual(
        recorded('Watched', 3, { userId: 'user ada', lengthMs: 120_000 }),
      )
  })

  it('leaves what was stored as it is', () => {
    const stored = recorded('Watched', 1, { user: 'ada', minutes: 2 })
    catalog.current(stored)
    expect(stored).toEqual(recorded('Watched', 1, { user: 'ada', minutes: 2 }))
  })

  it('refuses what it does not know: a later version, another type', () => {
    expect(() => catalog.current(recorded('Watched', 4, {}))).toThrow(UnreadableEvent)
    expect(() => catalog.current(recorded('Heard', 1, {}))).toThrow('No event is called Heard')
  })
})
