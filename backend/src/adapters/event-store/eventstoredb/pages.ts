import type { Batch, Position } from '../../../platform/eventing/event-store.js'
import type { Filter, ResolvedEvent } from './client.js'
import type { Connection } from './connection.js'
import type { Deletions } from './deletions.js'
import { at, positionOf, recorded } from './recorded.js'

export interface PageOptions {
  readonly backward?: boolean
  /** Last position to read, inclusive; forward only. */
  readonly to?: Position | undefined
  readonly types?: ReadonlySet<string> | undefined
  readonly size: number
}

const OURS: Filter = { filterOn: 'eventType', regex: '^[^$]', checkpointInterval: 1 }

/** The whole log in pages, as readers may see it: without the server's own events, the adapter's, and those of deleted streams. */
export class Pages {
  constructor(
    private readonly connection: Connection,
    private readonly deletions: Deletions,
    private readonly filtersReads: boolean,
  ) {}

  /** Events after a position, or before it when backward, as many as fit. */
  async page(from: Position, { backward = false, to = Infinity, types, size }: PageOptions): Promise<Batch> {
    // Where the server filters by type, it does not tell how far it looked. Up to here it will have.
    const known = types && !backward ? await this.head() : 0
    const read = await this.#read(from, backward, size + 1, types)
    // Reading forward begins with what stands at the position itself, where something does.
    const beyond = read.filter(event => (backward ? positionOf(event) < from : positionOf(event) > from))
    const within = beyond.filter(event => positionOf(event) <= to)
    const seen = within.slice(0, size)
    const caughtUp = read.length <= size || within.length < beyond.length
    const visible = seen
      .map(recorded)
      .filter(event => event !== undefined)
      .filter(event => !this.deletions.has(event.streamId))
    const last = visible.at(-1)?.position ?? (caughtUp ? from : positionOf(seen.at(-1)!))
    return {
      events: types ? visible.filter(event => types.has(event.type)) : visible,
      position: caughtUp ? Math.max(last, Math.min(known, to)) : last,
      caughtUp,
    }
  }

  /** Where the last event that readers see stands; 0 when there is none. */
  async head(): Promise<Position> {
    let from: Position = Number.MAX_SAFE_INTEGER
    // Mostly the very last one will do. Behind deleted streams there may be a long way back.
    for (let size = 1; ; size = Math.min(size * 8, 2000)) {
      const { events, position, caughtUp } = await this.page(from, { backward: true, size })
      if (events[0]) return events[0].position
      if (caughtUp) return 0
      from = position
    }
  }

  /** Where anything at all stands last in the log, be it the server's own. */
  async end(): Promise<Position> {
    const [last] = await this.connection.gather(client =>
      client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }),
    )
    return last ? positionOf(last) : 0
  }

  #read(from: Position, backward: boolean, maxCount: number, types: ReadonlySet<string> | undefined): Promise<ResolvedEvent[]> {
    if (types && !backward && !this.filtersReads) return this.connection.search(at(from), [...types], maxCount)
    const filter: Filter = types ? { filterOn: 'eventType', prefixes: [...types], checkpointInterval: 1 } : OURS
    return this.connection.gather(client =>
      client.readAll({
        direction: backward ? 'backwards' : 'forwards',
        fromPosition: at(from),
        maxCount,
        ...(this.filtersReads && { filter }),
      }),
    )
  }
}
