import Bull from 'bull'
import { Redis } from 'ioredis'
import type { z } from 'zod'
import { Logger } from '../telemetry/logger.js'

/** Queues are split by what bounds them. */
export type QueueName = 'disk' | 'cpu' | 'network' | 'session'

/** A kind of job: its queue, and the shape of its data, checked on both sides. */
export interface JobType<Data = unknown> {
  readonly name: string
  readonly queue: QueueName
  readonly schema: z.ZodType<Data>
}
export interface JobHandler<Data = unknown> {
  readonly type: JobType<Data>
  /** How many at once on this node. */
  readonly concurrency: number
  handle(data: Data, job: { readonly id: string; readonly signal: AbortSignal }): Promise<void>
}

export function jobType<Data>(name: string, queue: QueueName, schema: z.ZodType<Data>): JobType<Data> {
  return { name, queue, schema }
}

/**
 * Bull queues over Redis. Jobs are hints: what has to be done stands in PostgreSQL, so a lost job is dispatched again and a
 * doubled one changes nothing. A job is gone as soon as it is done or has failed.
 */
export class Jobs {
  readonly #queues = new Map<QueueName, Bull.Queue>()
  readonly #handled = new Set<string>()
  readonly #stop = new AbortController()
  /** Connections on which queues wait for jobs. */
  readonly #waiting = new Set<Redis>()
  #client: Redis | undefined
  #subscriber: Redis | undefined

  constructor(
    private readonly redisUrl: string,
    private readonly log: Logger,
  ) {}

  /** Enqueues under an id; while a job with that id is waiting or running, nothing happens. Higher `urgency` goes first. */
  async add<Data>(type: JobType<Data>, id: string, data: Data, urgency: 'now' | 'normal' = 'normal'): Promise<void> {
    const options: Bull.JobOptions = { jobId: id, removeOnComplete: true, removeOnFail: true, attempts: 1, ...(urgency === 'now' && { lifo: true }) }
    await this.queue(type.queue).add(type.name, type.schema.parse(data), options)
  }

  /** Waiting and running jobs of a queue. */
  async count(name: QueueName): Promise<number> {
    const { waiting, active, delayed } = await this.queue(name).getJobCounts()
    return waiting + active + delayed
  }

  /** Starts working. Throws when two handlers claim one job. */
  work(handlers: readonly JobHandler[]): void {
    for (const { type, concurrency, handle } of handlers) {
      if (this.#handled.has(type.name)) throw new Error(`Two handlers for job ${type.name}`)
      this.#handled.add(type.name)
      const working = this.queue(type.queue).process(type.name, concurrency, async job => {
        const data = type.schema.parse(job.data)
        try {
          await handle(data, { id: String(job.id), signal: this.#stop.signal })
        } catch (error) {
          this.log.error({ job: type.name, id: job.id, err: error }, 'job failed')
          throw error
        }
      })
      // Closed before it has looked for its first job, a queue calls that a failure.
      working.catch((error: unknown) => {
        if (!this.#stop.signal.aborted) throw error
      })
    }
  }

  queue(name: QueueName): Bull.Queue {
    let queue = this.#queues.get(name)
    if (!queue) {
      queue = new Bull(name, {
        createClient: kind => this.#connection(kind),
        // Jobs are short or notice by themselves; a stall only means that the process is gone.
        settings: { stalledInterval: 30_000, lockDuration: 60_000, maxStalledCount: 3, guardInterval: 30_000, drainDelay: 60 },
      })
      queue.on('error', error => this.log.debug({ err: error, queue: name }, 'queue'))
      this.#mend(queue)
      this.#queues.set(name, queue)
    }
    return queue
  }

  /** Lets jobs under way finish for as long as they take to notice, and closes. */
  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.all([...this.#queues.values()].map(queue => queue.close().catch(() => {})))
    for (const waiting of this.#waiting) waiting.disconnect()
    this.#client?.disconnect()
    this.#subscriber?.disconnect()
  }

  /**
   * Bull, about to close, cuts the connection on which it waits for jobs, connects it again, and hears of a failure of that only when
   * the last job is done: until then nobody does, which ends the program. It never closes what it connected either. Ours is cut,
   * and stays so. Names of workers, which nobody asks for, are set on that connection without anybody listening.
   */
  #mend(queue: Bull.Queue): void {
    const inside = queue as unknown as { readonly processing: Readonly<Record<string, Promise<unknown>>>; readonly bclientInitialized?: boolean; readonly bclient: Redis }
    Object.assign(queue, {
      setWorkerName: () => Promise.resolve(),
      whenCurrentJobsFinished: async () => {
        if (inside.bclientInitialized) inside.bclient.disconnect()
        await Promise.allSettled(Object.values(inside.processing))
      },
    })
  }

  #connection(kind: 'client' | 'subscriber' | 'bclient'): Redis {
    const options = { maxRetriesPerRequest: null, enableReadyCheck: false }
    if (kind === 'client') return (this.#client ??= new Redis(this.redisUrl, options))
    if (kind === 'subscriber') return (this.#subscriber ??= new Redis(this.redisUrl, options))
    const waiting = new Redis(this.redisUrl, options)
    this.#waiting.add(waiting)
    // A queue that begins to wait while it is being closed has to hear that there is nothing to wait for.
    if (this.#stop.signal.aborted) setImmediate(() => waiting.disconnect())
    return waiting
  }
}
