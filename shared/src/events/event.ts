import { z } from 'zod'

/**
 * A kind of event as it stands in the log. The name never changes; `version` counts the shapes its data has had, and
 * `upcasters[v]` turns data of version v into data of version v+1. A change of meaning is a new event, not a new version.
 */
export interface EventType<Name extends string = string, Data = unknown> {
  readonly name: Name
  readonly version: number
  readonly schema: z.ZodType<Data>
  readonly upcasters: Readonly<Record<number, (data: never) => unknown>>
}

/** An event not yet recorded: what a decider returns. */
export interface EventOf<Name extends string = string, Data = unknown> {
  readonly type: Name
  readonly data: Data
}

/** The event a type describes, for use in unions: `type PlaybackEvent = Fact<typeof PlaybackStarted | typeof …>`. */
export type Fact<T extends EventType> = T extends EventType<infer Name, infer Data> ? EventOf<Name, Data> : never

type Callable<Name extends string, Data> = EventType<Name, Data> & ((data: Data) => EventOf<Name, Data>)

/**
 * Declares a kind of event. The result is also the function that makes one:
 * `PlaybackProgressed({ positionMs: 1000, … })` is `{ type: 'PlaybackProgressed', data: { … } }`.
 */
export function event<Name extends string, Schema extends z.ZodType>(
  name: Name,
  schema: Schema,
  upcasters: Readonly<Record<number, (data: never) => unknown>> = {},
): Callable<Name, z.infer<Schema>> {
  const make = (data: z.infer<Schema>): EventOf<Name, z.infer<Schema>> => ({ type: name, data })
  return Object.defineProperties(make, {
    name: { value: name },
    version: { value: 1 + Object.keys(upcasters).length },
    schema: { value: schema },
    upcasters: { value: upcasters },
  }) as unknown as Callable<Name, z.infer<Schema>>
}

/** Who caused an event. Elsewhere than in their own streams a person is an id. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: z.uuid(), deviceId: z.string().max(64).optional() }),
  z.object({ kind: z.literal('process'), name: z.string().max(64) }),
])
export type Actor = z.infer<typeof Actor>

/** What every recorded event says beside its data. Times are ISO 8601 in UTC. */
export const EventMetadata = z.object({
  version: z.int().positive(),
  commandId: z.uuid(),
  correlationId: z.uuid(),
  causationId: z.uuid(),
  actor: Actor,
  reason: z.string().max(200),
  time: z.iso.datetime(),
})
export type EventMetadata = z.infer<typeof EventMetadata>
