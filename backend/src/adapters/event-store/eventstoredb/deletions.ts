import { uuidv5, PROJECTIONIST } from '../../../platform/ids.js'
import type { ResolvedEvent } from './client.js'
import type { Connection } from './connection.js'
import { isStreamDeleted, isStreamMissing } from './failures.js'
import { DELETIONS_STREAM } from './own-streams.js'

const BEGAN = 'StreamDeletionBegan'
const DONE = 'StreamDeletionDone'
const PAGE = 4000

/**
 * Which streams were deleted. The server closes a stream with a tombstone and refuses reads and appends, but gives its events
 * in `$all` until somebody scavenges, and the tombstone stands after them. So deletions are listed in a stream of their own,
 * which every node knows before it reads the log, and follows: no reader is shown the events of a listed stream. What was listed
 * and not marked as done, because a node died in between, is done at the next opening.
 */
export class Deletions {
  readonly #gone = new Set<string>()
  readonly #unfinished = new Set<string>()
  #read = -1

  constructor(private readonly connection: Connection) {}

  has(streamId: string): boolean {
    return this.#gone.has(streamId)
  }

  names(): string[] {
    return [...this.#gone]
  }

  /** Learns what was listed since. */
  async catchUp(): Promise<void> {
    for (let page = PAGE; page === PAGE;) {
      const events = await this.connection
        .gather(client =>
          client.readStream(DELETIONS_STREAM, {
            direction: 'forwards',
            fromRevision: BigInt(this.#read + 1),
            maxCount: PAGE,
            requiresLeader: true,
          }),
        )
        .catch((error: unknown) => {
          if (isStreamMissing(error)) return []
          throw error
        })
      for (const event of events) this.learn(event)
      page = events.length
    }
  }

  /** Takes an entry of the list, from wherever it came. */
  learn({ event }: ResolvedEvent): void {
    if (event?.streamId !== DELETIONS_STREAM) return
    const { streamId } = event.data as { streamId: string }
    // Entries may come twice or, followed live, before the ones that are still to be read: only the next one counts as read.
    if (Number(event.revision) === this.#read + 1) this.#read++
    if (event.type === BEGAN) {
      this.#gone.add(streamId)
      this.#unfinished.add(streamId)
    } else if (event.type === DONE) this.#unfinished.delete(streamId)
  }

  /** Deletes a stream for good, whether it is there or not. */
  async delete(streamId: string): Promise<void> {
    await this.#list(BEGAN, streamId)
    this.#gone.add(streamId)
    await this.#bury(streamId)
  }

  /** Does what was begun and not done. */
  async finish(): Promise<void> {
    for (const streamId of [...this.#unfinished]) await this.#bury(streamId)
  }

  async #bury(streamId: string): Promise<void> {
    await this.connection
      .ask(client => client.tombstoneStream(streamId, { requiresLeader: true }))
      .catch((error: unknown) => {
        if (!isStreamDeleted(error)) throw error
      })
    await this.#list(DONE, streamId)
    this.#unfinished.delete(streamId)
  }

  async #list(type: string, streamId: string): Promise<void> {
    const entry = {
      contentType: 'application/json' as const,
      id: uuidv5(PROJECTIONIST, `${type} ${streamId}`),
      type,
      data: { streamId },
      metadata: {},
    }
    await this.connection.ask(client =>
      client.appendToStream(DELETIONS_STREAM, [entry], { expectedRevision: 'any', streamState: 'any', requiresLeader: true }),
    )
  }
}
