import { Worker } from 'node:worker_threads'
import { StoreUnavailable, type EventStore, type Position } from './platform/eventing/event-store.js'
import type { Projection } from './platform/eventing/projection.js'
import { Overtaken } from './platform/eventing/projector/replay-lane.js'
import { Replays, ReplaysHere, type AnywhereOptions, type Replayed, type ReplayParts, type ReplayProgress } from './platform/eventing/projector/replay.js'
import { compiled } from './platform/processes/compiled.js'

/** What a thread is told to replay; `to` of all or of none. */
export interface ReplayOrder {
  readonly databaseUrl: string
  readonly eventStore: string
  readonly work: readonly { readonly name: string; readonly schema: string; readonly to: Position | undefined }[]
}

export type ReplayReport =
  | { readonly is: 'progress'; readonly progress: ReplayProgress }
  | { readonly is: 'done'; readonly position: Position; readonly complete: boolean; readonly faults: readonly { readonly projection: string; readonly kind: string; readonly message: string }[] }
  | { readonly is: 'failed'; readonly passing: boolean; readonly message: string }

interface Place {
  readonly databaseUrl: string
  readonly eventStore: string
  /** A log of so many events is replayed here: a thread takes as long to begin. */
  readonly shortEvents?: number
}

const SHORT_EVENTS = 10_000

/**
 * Replays the program's own projections in a thread that ends with it, so that a long log does not take the time of those who wait
 * for an answer. A log in memory, which no thread can read, and a short one are replayed here.
 */
export class ReplaysInThread extends Replays {
  readonly #here: Replays
  /** A log only grows: what was long once is not looked at again. */
  #long = false

  constructor(
    private readonly parts: ReplayParts,
    private readonly place: Place,
  ) {
    super()
    this.#here = new ReplaysHere(parts)
  }

  async run(projections: readonly Projection[], options: AnywhereOptions): Promise<Replayed> {
    const { eventStore, shortEvents = SHORT_EVENTS } = this.place
    if (eventStore.startsWith('memory:')) return this.#here.run(projections, options)
    this.#long ||= await isLonger(this.parts.store, shortEvents, options.signal)
    return this.#long ? this.#inThread(projections, options) : this.#here.run(projections, options)
  }

  #inThread(projections: readonly Projection[], { schemaOf, to, signal, onProgress }: AnywhereOptions): Promise<Replayed> {
    const { databaseUrl, eventStore } = this.place
    const endOf = typeof to === 'function' ? to : () => to
    const order: ReplayOrder = {
      databaseUrl,
      eventStore,
      work: projections.map(projection => ({ name: projection.name, schema: schemaOf(projection), to: endOf(projection) })),
    }
    return new Promise((resolve, reject) => {
      let end = (): void => reject(new Error('The thread of the replay ended without a word'))
      // What the program was started with is not for a thread: it would be preloaded a second time.
      const thread = new Worker(compiled(import.meta.url, './replay-thread.js'), { name: 'replay', workerData: order, execArgv: ['--enable-source-maps'] })
      const stop = (): void => thread.postMessage('stop')
      thread.on('message', (report: ReplayReport) => {
        if (report.is === 'progress') onProgress?.(report.progress)
        else if (report.is === 'failed') end = () => reject(report.passing ? new StoreUnavailable(report.message) : new Error(report.message))
        else end = () => resolve({ position: report.position, complete: report.complete, faults: faultsOf(projections, report.faults) })
      })
      thread.once('error', error => (end = () => reject(error)))
      // Its connections are closed by then.
      thread.once('exit', () => {
        signal?.removeEventListener('abort', stop)
        end()
      })
      signal?.addEventListener('abort', stop)
      if (signal?.aborted) stop()
    })
  }
}

function faultsOf(projections: readonly Projection[], faults: (ReplayReport & { is: 'done' })['faults']): ReadonlyMap<Projection, Error> {
  const named = new Map(projections.map(each => [each.name, each]))
  return new Map(faults.map(({ projection, kind, message }) => [named.get(projection)!, kind === Overtaken.name ? new Overtaken(message) : new Error(message)]))
}

async function isLonger(store: EventStore, events: number, signal: AbortSignal | undefined): Promise<boolean> {
  let read = 0
  for await (const batch of store.readAll({ pageSize: Math.min(2000, events + 1), ...(signal && { signal }) })) if ((read += batch.events.length) > events) return true
  return false
}
