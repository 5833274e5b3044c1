import { createHash, type Hash } from 'node:crypto'
import { inParallel } from '../in-parallel.js'
import { CopyRefused, Writing } from './copy-writing.js'
import type { EventStore, Position, RecordedEvent } from './event-store.js'

export { CopyRefused } from './copy-writing.js'

/** How far a copy has come. `share`: of the source, from 0 to 1. */
export interface CopyProgress {
  readonly phase: 'comparing' | 'copying' | 'verifying'
  readonly events: number
  readonly share: number
}

/** What was copied. `events`: how many both have now; `copied`: how many of these were new; `hash`: of all, in order. */
export interface Copied {
  readonly events: number
  readonly copied: number
  readonly deletedStreams: number
  readonly hash: string
}

const PAGE = 2000

/**
 * Makes the target a copy of the source: every event with its id, data, metadata and revision, in the order of the log, and
 * every deleted stream deleted. What is there already has to be the beginning of the source, as an interrupted copy leaves it:
 * it is compared, and the copy goes on behind it. In the end the target is read and both are compared by count and hash.
 * Events appended to the source meanwhile are left for the next time. Throws `CopyRefused`; `StoreUnavailable` when a store
 * stays away; what the signal aborted with, after the batch under way.
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  {
    signal = new AbortController().signal,
    report = () => {},
  }: { signal?: AbortSignal; report?: (progress: CopyProgress) => void } = {},
): Promise<Copied> {
  if ((await source.identity()) === (await target.identity())) throw new CopyRefused('Both addresses are the same log.')
  const end = await source.head()
  const deletedStreams = await copyDeletions(source, target)
  const reading = new Reading(source, end)
  const compared = await compare(
    reading,
    target,
    events => report({ phase: 'comparing', events, share: share(reading.position, end) }),
    signal,
  )
  const writing = new Writing(target, compared.position)
  await reading.rest(async events => {
    signal.throwIfAborted()
    await writing.append(events)
    report({ phase: 'copying', events: reading.count, share: share(reading.position, end) })
  })
  await copyDeletions(source, target)
  const copied = reading.count - compared.count
  let verified = compared.count
  for await (const batch of target.readAll({ from: compared.position, pageSize: PAGE })) {
    signal.throwIfAborted()
    for (const event of batch.events) compared.digest.add(event)
    verified += batch.events.length
    report({ phase: 'verifying', events: verified, share: share(verified, reading.count) })
  }
  const hash = reading.digest.hex()
  if (verified !== reading.count || compared.digest.hex() !== hash)
    throw new CopyRefused(
      `The copy differs: ${verified} events there, ${reading.count} here, or not the same. Streams that were deleted while it was made do this: run it again. If it says so again, empty the target and start over.`,
    )
  return { events: verified, copied, deletedStreams, hash }
}

const share = (done: number, all: number): number => (all === 0 ? 1 : Math.min(1, done / all))

async function copyDeletions(source: EventStore, target: EventStore): Promise<number> {
  const gone = await source.deletedStreams()
  const known = new Set(await target.deletedStreams())
  await inParallel(
    16,
    gone.filter(streamId => !known.has(streamId)),
    streamId => target.delete(streamId),
  )
  return gone.length
}

/** A hash over events in order. */
class Digest {
  readonly #hash: Hash = createHash('sha256')

  add({ streamId, revision, id, type, data, metadata }: RecordedEvent): void {
    this.#hash.update(`${JSON.stringify([streamId, revision, id, type, data, metadata])}\n`)
  }

  hex(): string {
    return this.#hash.copy().digest('hex')
  }
}

/** The source, event by event, counted and hashed on the way. */
class Reading {
  readonly digest = new Digest()
  count = 0
  position: Position = 0
  readonly #pages: AsyncIterator<{ readonly events: readonly RecordedEvent[] }>
  #ahead: readonly RecordedEvent[] = []

  constructor(source: EventStore, end: Position) {
    this.#pages = source.readAll({ to: end, pageSize: PAGE })[Symbol.asyncIterator]()
  }

  /** The next so many events; fewer at the end. */
  async next(most: number): Promise<readonly RecordedEvent[]> {
    while (this.#ahead.length < most) {
      const page = await this.#pages.next()
      if (page.done) break
      this.#ahead = this.#ahead.length === 0 ? page.value.events : [...this.#ahead, ...page.value.events]
    }
    const events = this.#ahead.slice(0, most)
    this.#ahead = this.#ahead.slice(most)
    for (const event of events) this.digest.add(event)
    this.count += events.length
    this.position = events.at(-1)?.position ?? this.position
    return events
  }

  async rest(use: (events: readonly RecordedEvent[]) => Promise<void>): Promise<void> {
    for (let events = await this.next(PAGE); events.length > 0; events = await this.next(PAGE)) await use(events)
  }
}

interface Compared {
  readonly digest: Digest
  readonly count: number
  /** Where the target ends. */
  readonly position: Position
}

/** Walks both as far as the target goes. */
async function compare(
  reading: Reading,
  target: EventStore,
  report: (events: number) => void,
  signal: AbortSignal,
): Promise<Compared> {
  const digest = new Digest()
  let count = 0
  let position: Position = 0
  for await (const batch of target.readAll({ pageSize: PAGE })) {
    signal.throwIfAborted()
    const expected = await reading.next(batch.events.length)
    batch.events.forEach((event, index) => {
      const there = expected[index]
      if (there?.id !== event.id || there.streamId !== event.streamId || there.revision !== event.revision)
        throw new CopyRefused(
          `The target has other events: number ${count + index + 1} is ${event.type} in ${event.streamId}, ${there ? `the source's ${there.type} in ${there.streamId}` : 'and the source ends before'}. A copy needs an empty target, or one that an interrupted copy has begun.`,
        )
      digest.add(event)
    })
    count += batch.events.length
    position = batch.events.at(-1)?.position ?? position
    if (count > 0) report(count)
  }
  return { digest, count, position }
}
