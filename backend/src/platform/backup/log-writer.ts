import { ErasureCompleted, UserErased } from '@projectionist/shared/events/user'
import type { EventStore, Position } from '../eventing/event-store.js'
import { lineOf } from './event-lines.js'
import type { LogPart, Manifest } from './manifest.js'
import type { Secret } from './sealing.js'
import { linesOf, store } from './stored-files.js'

/** A part of the log holds about so much: enough to compress well, little enough to write anew. */
const PART_EVENTS = 50_000
const PART_BYTES = 64 << 20

export interface LogWriting {
  readonly folder: string
  readonly signal: AbortSignal
  readonly progress?: ((done: { readonly events: number; readonly share: number }) => void) | undefined
}

/** Who was erased, as the log tells it. */
export class Erasures {
  readonly #begun = new Set<string>()
  readonly #fresh = new Set<string>()
  readonly #over = new Set<string>()

  /** `known`: whose erasure was under way last time. `since`: where this backup began. */
  constructor(
    known: readonly string[],
    private readonly since: Position,
  ) {
    for (const userId of known) this.#begun.add(userId)
  }

  see(event: { readonly type: string; readonly data: unknown; readonly position: Position }): void {
    const { userId } = event.data as { userId: string }
    if (event.type === UserErased.name) {
      this.#begun.add(userId)
      this.#fresh.add(userId)
    } else {
      this.#begun.delete(userId)
      if (event.position <= this.since) this.#over.add(userId)
      else this.#fresh.add(userId)
    }
  }

  begun(): string[] {
    return [...this.#begun]
  }

  /** Whose events may stand in parts: of an older backup, or read before they were deleted. */
  owed(hasOlderParts: boolean): ReadonlySet<string> {
    const all = [...this.#begun, ...this.#fresh]
    return new Set(hasOlderParts ? all : all.filter(userId => !this.#over.has(userId)))
  }
}

/** Writes the log in parts, from where an earlier backup ended; its last part is written anew while there is room in it. */
export class LogWriter {
  readonly parts: LogPart[]
  position: Position
  added = 0
  #open: LogPart | undefined

  constructor(
    private readonly log: EventStore,
    private readonly options: LogWriting,
    past: Manifest['log'] | undefined,
    private readonly secret: Secret | undefined,
    private readonly erased: Erasures,
  ) {
    this.parts = [...(past?.parts ?? [])]
    this.position = past?.position ?? 0
  }

  /** Writes all events up to `end`; gives the position reached. */
  async upTo(end: Position): Promise<Position> {
    if (end <= this.position) return this.position
    this.#open = isFull(this.parts.at(-1)) ? undefined : this.parts.pop()
    const batches = this.#batches(end)
    let next = await batches.next()
    while (!next.done) {
      let events = 0
      const chunks = async function* () {
        for (let bytes = 0; !next.done && events < PART_EVENTS && bytes < PART_BYTES; next = await batches.next()) {
          const text = `${next.value.join('\n')}\n`
          events += next.value.length
          bytes += text.length
          yield text
        }
      }
      const name = `log/${String(this.parts.length + 1).padStart(6, '0')}`
      const stored = await store(this.options.folder, name, chunks(), { secret: this.secret, signal: this.options.signal })
      if (events > 0) this.parts.push({ ...stored, events })
    }
    this.position = end
    return end
  }

  async *#batches(end: Position): AsyncGenerator<readonly string[]> {
    if (this.#open) yield* linesOf(this.options.folder, this.#open, this.secret)
    const from = this.position
    for await (const { events, position } of this.log.readAll({ from, to: end, signal: this.options.signal })) {
      for (const event of events)
        if (event.type === UserErased.name || event.type === ErasureCompleted.name) this.erased.see(event)
      this.added += events.length
      if (events.length > 0) yield events.map(lineOf)
      this.options.progress?.({ events: this.added, share: (position - from) / Math.max(1, end - from) })
    }
    this.options.signal.throwIfAborted()
  }
}

const isFull = (part: LogPart | undefined): boolean =>
  !part || part.events >= PART_EVENTS / 2 || part.contentBytes >= PART_BYTES / 2
