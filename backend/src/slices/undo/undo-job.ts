import { setTimeout as delay } from 'node:timers/promises'
import { errorCodes } from '@projectionist/shared/api/errors'
import type { UndoConflict } from '@projectionist/shared/events/undo'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { DomainError, type Attribution } from '../../platform/eventing/decider.js'
import type { Announcer } from '../../platform/eventing/projector/announcer.js'
import type { Callers } from '../../platform/http/caller.js'
import { uuidv5 } from '../../platform/ids.js'
import type { LiveBus } from '../../platform/live/live-bus.js'
import { oneStepsDown } from '../../platform/stepping-down.js'
import type { Logger } from '../../platform/telemetry/logger.js'
import { decide, type Decided, type UndoParts } from './decisions.js'
import { chosenBy } from './rights.js'
import { nextStreams, type Chosen } from './selection.js'
import { CompleteUndo, FailUndo, ReportUndoConflicts, undo, type Tally } from './undo.js'
import { findUndo, toUndo, type UndoRow } from './undo-rows.js'

/** Events a page goes over. */
const PAGE = 2000
const MOST_TRIES = 12
/** After so many runs that broke off, it is not the weather. */
const MOST_FAILURES = 5
/** So many of what is left as it is are told one by one. */
const MOST_CONFLICTS = 5000
const PATIENCE_MS = 60_000
const TELL_EVERY_MS = 250

/**
 * Runs undos, page by page of the events there are to take back. Every page is decided from the log as it stands and appended at
 * the revision that was read, so whatever happens meanwhile is seen. Can be interrupted anywhere and run again, by anybody: events
 * that take another back have ids that derive from the undo and from what they take back, so nothing is done twice.
 */
export class UndoRunner {
  constructor(
    private readonly parts: UndoParts,
    private readonly runner: CommandRunner,
    private readonly announcer: Announcer,
    private readonly live: LiveBus,
    private readonly callers: Callers,
    private readonly log: Logger,
  ) {}

  /** Runs an undo to its end, or until it is cancelled or the signal aborts. Rejects when it may go better another time. */
  async run(undoId: string, signal: AbortSignal): Promise<void> {
    const row = await findUndo(this.parts.sql, undoId)
    if (row?.state !== 'running' || row.user_id === null) return
    const subject = { undoId, personal: row.personal ? row.user_id : undefined }
    try {
      // Rights are those of this moment, not of when it was asked for.
      const caller = await this.callers.find({ userId: row.user_id, deviceId: row.device_id ?? '' })
      if (!caller || (!row.personal && caller.role !== 'admin')) throw new DomainError('not-allowed')
      if (!(await this.announcer.waitFor(['history'], row.before, PATIENCE_MS, signal)))
        throw new Error('The history does not keep up')
      const tally = await this.#takeBack(row, subject, signal)
      if (tally) await this.runner.run(undo, new CompleteUndo({ ...subject, ...tally }, by(row, 'complete')))
    } catch (error) {
      const lasting = error instanceof DomainError
      if (signal.aborted || (!lasting && (await this.#failed(undoId)) < MOST_FAILURES)) throw error
      this.log.error({ err: error, undo: undoId }, 'an undo failed')
      const detail = lasting
        ? (error.detail ?? errorCodes[error.code][1])
        : error instanceof Error
          ? error.message
          : String(error)
      await this.runner.run(
        undo,
        new FailUndo({ ...subject, code: lasting ? error.code : 'broken-off', detail: detail.slice(0, 1000) }, by(row, 'fail')),
      )
    }
  }

  /** Undefined when it was cancelled. */
  async #takeBack(
    row: UndoRow,
    subject: { undoId: string; personal: string | undefined },
    signal: AbortSignal,
  ): Promise<Tally | undefined> {
    const { sql } = this.parts
    const chosen = await chosenBy(this.parts, { selection: row.selection, personal: subject.personal, before: row.before })
    let { after } = row
    let tally: Tally = { reverted: row.reverted, unneeded: row.unneeded, conflicts: row.conflicts }
    let told = 0
    for (;;) {
      signal.throwIfAborted()
      if ((await sql.query('select 1 from read.owed_undos where work_id = $1', [row.id])).length === 0) return undefined
      const page = await nextStreams(sql, chosen, after, PAGE)
      if (page.end === undefined) return tally
      const outcomes = (await this.#page(row, chosen, page.streamIds, after)).flatMap(decided =>
        decided.outcomes.map(outcome => ({ ...outcome, streamId: decided.streamId })),
      )
      const conflicts = outcomes.flatMap((one): UndoConflict[] =>
        one.outcome === 'conflict'
          ? [
              {
                streamId: one.streamId,
                eventId: one.event.id,
                type: one.event.type,
                why: one.why,
                ...(one.since !== undefined && { since: one.since }),
              },
            ]
          : [],
      )
      const news = conflicts.slice(0, Math.max(0, MOST_CONFLICTS - tally.conflicts))
      if (news.length > 0)
        await this.runner.run(undo, new ReportUndoConflicts({ ...subject, conflicts: news }, by(row, `conflicts after ${after}`)))
      const count = (outcome: string): number => outcomes.filter(one => one.outcome === outcome).length
      tally = {
        reverted: tally.reverted + count('reverted'),
        unneeded: tally.unneeded + count('unneeded'),
        conflicts: tally.conflicts + conflicts.length,
      }
      after = page.end
      await this.#progress(row.id, after, tally)
      if (Date.now() - told < TELL_EVERY_MS) continue
      told = Date.now()
      this.live.publish({ userId: row.user_id! }, { type: 'undo', undo: toUndo({ ...row, ...tally }) })
    }
  }

  /** Takes back what is on a page; what somebody else changes at the same moment is decided anew. */
  #page(row: UndoRow, chosen: Chosen, streamIds: readonly string[], after: number): Promise<readonly Decided[]> {
    const accounts = streamIds.some(streamId => streamId.startsWith('user-'))
    const page = () => this.#decided(row, chosen, streamIds, after, accounts)
    return accounts ? oneStepsDown(this.parts.sql, page) : page()
  }

  /** `accounts`: who is an admin may change, which whoever decides next has to see. */
  async #decided(
    row: UndoRow,
    chosen: Chosen,
    streamIds: readonly string[],
    after: number,
    accounts: boolean,
  ): Promise<readonly Decided[]> {
    const actor = { kind: 'user' as const, userId: row.user_id!, ...(row.device_id !== null && { deviceId: row.device_id }) }
    const done: Decided[] = []
    let waiting = streamIds
    for (let tries = 0; waiting.length > 0; tries++) {
      if (tries > MOST_TRIES) throw new Error('Too much happens at the same time')
      if (tries > 1) await delay(Math.random() * 5 * tries)
      const decided = await decide(this.parts, waiting, chosen, { id: row.id, actor, now: new Date() }, after)
      const changing = decided.filter(({ events }) => events.length > 0)
      const results =
        changing.length === 0
          ? []
          : await this.parts.store.appendMany(
              changing.map(({ streamId, history, events }) => ({ streamId, expected: history.at(-1)!.revision, events })),
            )
      const wrote = Math.max(0, ...results.map(result => (result.outcome === 'appended' ? result.position : 0)))
      if (accounts && !(await this.announcer.waitFor(['users'], wrote, PATIENCE_MS)))
        throw new Error('The accounts do not keep up')
      const conflicted = new Set(
        changing.flatMap(({ streamId }, index) => (results[index]!.outcome === 'conflict' ? [streamId] : [])),
      )
      done.push(...decided.filter(({ streamId }) => !conflicted.has(streamId)))
      waiting = [...conflicted]
    }
    return done
  }

  async #progress(undoId: string, after: number, { reverted, unneeded, conflicts }: Tally): Promise<void> {
    await this.parts.sql.query(
      `insert into live.undo_progress (undo_id, after, reverted, unneeded, conflicts) values ($1, $2, $3, $4, $5)
       on conflict (undo_id) do update set after = $2, reverted = $3, unneeded = $4, conflicts = $5`,
      [undoId, after, reverted, unneeded, conflicts],
    )
  }

  async #failed(undoId: string): Promise<number> {
    const [row] = await this.parts.sql.query<{ failures: number }>(
      `insert into live.undo_progress (undo_id, failures) values ($1, 1) on conflict (undo_id) do update set failures = undo_progress.failures + 1 returning failures`,
      [undoId],
    )
    return row!.failures
  }
}

/** The same step of an undo is done once. */
const by = ({ id }: UndoRow, step: string): Attribution => ({
  commandId: uuidv5(id, step),
  actor: { kind: 'process', name: 'undo' },
  reason: 'take something back',
  correlationId: id,
  causationId: id,
})
