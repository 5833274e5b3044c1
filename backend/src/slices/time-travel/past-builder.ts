import type { Position } from '../../platform/eventing/event-store.js'
import type { Projection } from '../../platform/eventing/projection.js'
import type { Replays } from '../../platform/eventing/projector/replay.js'
import { Bell } from '../../platform/eventing/wakeup.js'
import { isPassing, type Sql } from '../../platform/sql/sql.js'
import type { Listener } from '../../platform/sql/listener.js'
import type { Logger } from '../../platform/telemetry/logger.js'
import { CHANNEL } from './kept-past-libraries.js'
import { dropOrphans, makeViews, tablesOf } from './past-schemas.js'

const BEAT_MS = 1000
const LEASE_S = 15
const LOOK_AGAIN_MS = 5000
const IDLE_MINUTES = 30
const TIDY_MS = 60_000
const NEVER_MS = 2 ** 30

interface Task {
  readonly id: string
  readonly position: Position
}

/**
 * Makes past libraries on a node that projects, one at a time, and drops those that nobody looks at. Should the node die, another
 * goes on from where it came to; while there is no past library, it costs nothing.
 */
export class PastBuilder {
  readonly #stop = new AbortController()
  readonly #bell = new Bell()
  readonly #deaf: () => void
  #running: Promise<void> = Promise.resolve()

  constructor(
    private readonly parts: { readonly sql: Sql; readonly replays: Replays; readonly log: Logger; readonly madeOf: () => Promise<string> },
    private readonly projections: readonly Projection[],
    private readonly node: string,
    listener: Listener,
  ) {
    this.#deaf = listener.listen(CHANNEL, () => this.#bell.ring())
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#deaf()
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      const rung = this.#bell.count
      let pause: number
      try {
        await this.#tidy()
        for (let task = await this.#take(); task && !signal.aborted; task = await this.#take()) await this.#make(task)
        pause = await this.#untilNext()
      } catch (error) {
        if (!signal.aborted) this.parts.log[isPassing(error) ? 'debug' : 'warn']({ err: error }, 'a past library could not be made for now; trying on')
        pause = LOOK_AGAIN_MS
      }
      await this.#bell.wait(rung, pause, signal)
    }
  }

  async #take(): Promise<Task | undefined> {
    const [task] = await this.parts.sql.query<Task>(
      `update live.past_libraries set state = 'building', owner = $1, until = now() + make_interval(secs => ${LEASE_S})
       where id = (
         select id from live.past_libraries where state in ('waiting', 'building') and (until < now() or owner is null) and made_of = $2
         order by created_at limit 1 for update skip locked)
       returning id, position`,
      [this.node, await this.parts.madeOf()],
    )
    return task
  }

  async #make({ id, position }: Task): Promise<void> {
    const { sql } = this.parts
    const wanted = new AbortController()
    const signal = AbortSignal.any([this.#stop.signal, wanted.signal])
    let progress = 0
    const beat = async (): Promise<void> => {
      const rows = await sql.query(
        `update live.past_libraries set until = now() + make_interval(secs => ${LEASE_S}), progress = $3 where id = $1 and owner = $2 returning 1`,
        [id, this.node, progress],
      )
      if (rows.length === 0) wanted.abort()
    }
    const beating = setInterval(() => void beat().catch(() => {}), BEAT_MS)
    try {
      const { complete, faults } = await this.parts.replays.run(this.projections, {
        schemaOf: projection => tablesOf(id, projection),
        to: position,
        signal,
        onProgress: now => (progress = now.to === 0 ? 1 : now.position / now.to),
      })
      if (!complete) return
      const [fault] = faults
      if (!fault) await makeViews(sql, id, this.projections)
      await this.#finish(id, fault ? `${fault[0].name}: ${fault[1].message}`.slice(0, 1000) : null)
    } finally {
      clearInterval(beating)
      if (this.#stop.signal.aborted) await sql.query('update live.past_libraries set until = now(), owner = null where id = $1 and owner = $2', [id, this.node]).catch(() => {})
      // Perhaps it was put away meanwhile: then what was made of it goes too.
      else await dropOrphans(sql)
    }
  }

  async #finish(id: string, problem: string | null): Promise<void> {
    if (problem !== null) this.parts.log.error({ problem }, 'a past library could not be made')
    await this.parts.sql.query(
      'update live.past_libraries set state = $3, progress = 1, problem = $4, used_at = now() where id = $1 and owner = $2',
      [id, this.node, problem === null ? 'ready' : 'failed', problem],
    )
  }

  async #tidy(): Promise<void> {
    const { sql } = this.parts
    await sql.query(
      `delete from live.past_libraries
       where state in ('ready', 'failed') and used_at < now() - interval '${IDLE_MINUTES} minutes' or not people <@ array(select user_id from read.users)`,
    )
    await dropOrphans(sql)
  }

  /** How long nothing is to do, unless somebody rings. */
  async #untilNext(): Promise<number> {
    const [row] = await this.parts.sql.query<{ all: number; open: number }>(
      `select count(*)::int as all, count(*) filter (where state in ('waiting', 'building'))::int as open from live.past_libraries`,
    )
    return row!.open > 0 ? LOOK_AGAIN_MS : row!.all > 0 ? TIDY_MS : NEVER_MS
  }
}
