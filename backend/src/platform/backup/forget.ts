import { ownerOf } from '@projectionist/shared/events/personal'
import { eventOf, streamOf } from './event-lines.js'
import type { LogPart } from './manifest.js'
import type { Secret } from './sealing.js'
import { linesOf, store } from './stored-files.js'

/**
 * The parts of a log without what stands in streams of these people: parts that hold something of them are written anew. So an
 * erasure reaches a backup as soon as it is brought up to date.
 */
export async function withoutPeople(
  folder: string,
  parts: readonly LogPart[],
  people: ReadonlySet<string>,
  writing: { readonly secret: Secret | undefined; readonly signal: AbortSignal },
): Promise<readonly LogPart[]> {
  if (people.size === 0) return parts
  // A session's stream names its person in its first event, perhaps in an earlier part.
  const streams = new Set<string>()
  const isTheirs = (line: string): boolean => {
    const stream = streamOf(line)
    if (streams.has(stream)) return true
    if (!mentions(line, people)) return false
    const owner = ownerOf(eventOf(line))
    if (owner === undefined || !people.has(owner)) return false
    streams.add(stream)
    return true
  }
  const kept: LogPart[] = []
  for (const part of parts) {
    let found = false
    for await (const lines of linesOf(folder, part, writing.secret)) for (const line of lines) if (isTheirs(line)) found = true
    if (!found) {
      kept.push(part)
      continue
    }
    let events = 0
    const chunks = async function* () {
      for await (const lines of linesOf(folder, part, writing.secret)) {
        const others = lines.filter(line => !isTheirs(line))
        events += others.length
        if (others.length > 0) yield `${others.join('\n')}\n`
      }
    }
    const stored = await store(folder, part.file.slice(0, part.file.indexOf('-')), chunks(), writing)
    if (events > 0) kept.push({ ...stored, events })
  }
  return kept
}

const mentions = (line: string, people: ReadonlySet<string>): boolean => {
  for (const person of people) if (line.includes(person)) return true
  return false
}
