import { eventTypes } from '@projectionist/shared/events/all'
import type { EventOf, EventType } from '@projectionist/shared/events/event'
import { itemEvents } from '@projectionist/shared/events/item'
import { libraryEvents } from '@projectionist/shared/events/library'
import { playbackEvents } from '@projectionist/shared/events/playback'
import { scanEvents } from '@projectionist/shared/events/scan'
import { transcodeEvents } from '@projectionist/shared/events/transcode'
import { erasureEvents, userEvents } from '@projectionist/shared/events/user'
import fc from 'fast-check'
import { z } from 'zod'

/** What `z.toJSONSchema` gives, as far as events make use of it. */
export interface JsonSchema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly additionalProperties?: JsonSchema | boolean
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
}

/** Few, so that events meet in the same rows. */
const uuids = Array.from({ length: 4 }, (_, n) => `0000000${n}-0000-4000-8000-00000000000${n}`)
const texts = ['a', 'B b', 'tab\tand\nline', 'back\\slash \\N', 'quote " and \'', 'Ünïcode 日本 🎬', '{not: json}']
const days = ['2020-02-29', '2026-01-01']
const times = ['2026-01-01T00:00:00.000Z', '2026-03-04T05:06:07.089Z']

/** Any value that fits a schema, from a small world. */
export function anyOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(anyOf))
  if (schema.allOf) return fc.tuple(...schema.allOf.map(anyOf)).map(parts => Object.assign({}, ...parts) as unknown)
  if (schema.type === 'object' && schema.properties)
    return fc.record(Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, anyOf(inner)])), {
      requiredKeys: [...(schema.required ?? [])],
    })
  if (schema.type === 'object') {
    const { additionalProperties: inner } = schema
    return fc.dictionary(
      fc.constantFrom('title', 'artist', 'imdb'),
      typeof inner === 'object' ? anyOf(inner) : fc.constantFrom(...texts),
      { maxKeys: 2, noNullPrototype: true },
    )
  }
  if (schema.type === 'array')
    return fc.array(anyOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.max(2, schema.minItems ?? 0) })
  if (schema.type === 'integer' || schema.type === 'number') return anyNumber(schema)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.format === 'uuid') return fc.constantFrom(...uuids)
  if (schema.format === 'date') return fc.constantFrom(...days)
  if (schema.format === 'date-time') return fc.constantFrom(...times)
  if (schema.pattern?.includes('#')) return fc.constantFrom('#102030', '#fefefe')
  return fc.constantFrom(...texts)
}

function anyNumber({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const least = Math.max(minimum ?? 0, exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1)
  const most = Math.min(maximum ?? Infinity, least + 5000)
  return type === 'integer' ? fc.integer({ min: least, max: most }) : fc.constantFrom(least, Math.min(most, least + 0.5), most)
}

const categories = new Map<EventType, string>(
  (
    [
      ['item', itemEvents],
      ['library', libraryEvents],
      ['playback', playbackEvents],
      ['scan', scanEvents],
      ['transcode', transcodeEvents],
      ['user', userEvents],
      ['erasure', erasureEvents],
    ] as const
  ).flatMap(([category, types]) => types.map(type => [type as EventType, category] as const)),
)

/** Any event there is, in a stream of its category: the same few people, items and libraries over and over. */
export function anyEvent(): fc.Arbitrary<{ readonly streamId: string; readonly event: EventOf }> {
  return fc.oneof(
    ...[...eventTypes.values()].map(type => {
      const category = categories.get(type) ?? 'other'
      const subject = fc.constantFrom(...uuids)
      const stream = category === 'playback' ? fc.tuple(subject, subject).map(ids => ids.join('.')) : subject
      const data = anyOf(z.toJSONSchema(type.schema, { unrepresentable: 'any' }) as JsonSchema)
      return fc.record({
        streamId: stream.map(id => `${category}-${id}`),
        event: data.map(value => ({ type: type.name, data: value })),
      })
    }),
  )
}
