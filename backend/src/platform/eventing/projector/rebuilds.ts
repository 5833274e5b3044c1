import { setTimeout as delay } from 'node:timers/promises'
import type { Projection } from '../projection.js'
import type { Filling } from './projection-status.js'
import type { Replays } from './replay.js'

interface Wanted {
  readonly projection: Projection
  readonly schema: string
  readonly onProgress: (filling: Filling) => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Requests of one moment, as after an upgrade or a rebuild of all, share one reading of the log. */
const GATHER_MS = 50

/** Fills new tables beside those that serve; all that is asked for at once with one reading of the log. */
export class Rebuilds {
  #wanted: Wanted[] = []
  readonly #underWay = new Map<string, Promise<void>>()
  #running: Promise<void> | undefined

  constructor(
    private readonly replays: Replays,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when the schema holds everything up to the end of the log as it was on the way, indexes included. */
  fill(projection: Projection, schema: string, onProgress: (filling: Filling) => void): Promise<void> {
    const before = this.#underWay.get(schema)
    if (before) return before
    const filled = new Promise<void>((resolve, reject) =>
      this.#wanted.push({ projection, schema, onProgress, resolve, reject }),
    ).finally(() => this.#underWay.delete(schema))
    filled.catch(() => {})
    this.#underWay.set(schema, filled)
    this.#running ??= this.#run().finally(() => (this.#running = undefined))
    return filled
  }

  /** Resolves when nothing is being filled any more. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    await delay(GATHER_MS)
    while (this.#wanted.length > 0) {
      const round = this.#wanted.splice(0)
      await this.#fill(new Map(round.map(wanted => [wanted.projection, wanted]))).catch((error: unknown) =>
        round.forEach(({ reject }) => reject(error)),
      )
    }
  }

  async #fill(round: ReadonlyMap<Projection, Wanted>): Promise<void> {
    const { complete, faults } = await this.replays.run([...round.keys()], {
      schemaOf: projection => round.get(projection)!.schema,
      signal: this.signal,
      onProgress: progress => round.forEach(({ onProgress }) => onProgress(progress)),
    })
    for (const [projection, { resolve, reject }] of round) {
      const fault = faults.get(projection)
      if (fault) reject(fault)
      else if (complete) resolve()
      else reject(new DOMException('The program is stopping', 'AbortError'))
    }
  }
}
