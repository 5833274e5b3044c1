import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EventType } from '@projectionist/shared/events/event'
import { z } from 'zod'
import type { JsonSchema } from './any-event.js'

const folder = fileURLToPath(new URL('../../shared/src/events/golden/', import.meta.url))
const sealsFile = `${folder}seals.json`

/** Data of an event as some version of the program has stored it, by `<type>.v<version>`. */
export function goldenEvents(): ReadonlyMap<string, unknown> {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder).filter(name => /\.v\d+\.json$/.test(name))
  return new Map(names.map(name => [name.replace('.json', ''), JSON.parse(readFileSync(folder + name, 'utf8')) as unknown]))
}

/** SHA-256 of each golden event as it was when it was first written: a version's data is what logs hold, and never changes. */
export function seals(): Readonly<Record<string, string>> {
  return existsSync(sealsFile) ? (JSON.parse(readFileSync(sealsFile, 'utf8')) as Record<string, string>) : {}
}

export const sealOf = (data: unknown): string => createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)

/** Writes an event of today's version of each type that has none yet. Those that are there stay as they are. */
export function writeMissing(types: Iterable<EventType>): void {
  mkdirSync(folder, { recursive: true })
  const [there, sealed] = [goldenEvents(), { ...seals() }]
  for (const type of types) {
    const name = `${type.name}.v${type.version}`
    if (there.has(name)) continue
    const data = exampleOf(z.toJSONSchema(type.schema, { unrepresentable: 'any' }) as JsonSchema, 'text')
    writeFileSync(`${folder}${name}.json`, `${JSON.stringify(data, undefined, 2)}\n`)
    sealed[name] = sealOf(data)
  }
  writeFileSync(
    sealsFile,
    `${JSON.stringify(Object.fromEntries(Object.entries(sealed).toSorted(([a], [b]) => (a < b ? -1 : 1))), undefined, 2)}\n`,
  )
}

/** A value with everything in it that the schema knows, optional or not. */
function exampleOf(schema: JsonSchema, name: string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return exampleOf(choices[0]!, name)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(part => exampleOf(part, name))) as unknown
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([key, inner]) => [key, exampleOf(inner, key)]))
  switch (schema.type) {
    case 'object':
      return { [name]: typeof schema.additionalProperties === 'object' ? exampleOf(schema.additionalProperties, name) : name }
    case 'array':
      return [exampleOf(schema.items ?? {}, name)]
    case 'integer':
      return Math.max(3, schema.minimum ?? 0)
    case 'number':
      return Math.max(2.5, schema.minimum ?? 0)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textOf(schema, name)
  }
}

function textOf({ format, pattern }: JsonSchema, name: string): string {
  if (format === 'uuid') return '6f1d5b9e-3c55-4c1a-9d0e-7a4f0f6c2b11'
  if (format === 'date') return '2026-11-22'
  if (format === 'date-time') return '2026-11-22T20:15:00.000Z'
  return pattern?.includes('#') ? '#40302a' : name
}
