import type { Response, Request } from '@projectionist/shared/api/endpoint'
import type { Intent, IntentResult, sendIntents } from '@projectionist/shared/api/playback'
import type { CommandRunner, Outcome } from '../../platform/eventing/command-runner.js'
import { DomainError, type Attribution } from '../../platform/eventing/decider.js'
import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { EventStore } from '../../platform/eventing/event-store.js'
import type { Caller } from '../../platform/http/caller.js'
import { uuidv5 } from '../../platform/ids.js'
import type { Query } from '../../platform/sql/sql.js'
import { happenedAt, inOrder } from './clock.js'
import { join, nothing, type Intents } from './intents.js'
import { leavesOf } from './leaves.queries.js'
import { playableItems, type PlayableItem } from './playable-items.queries.js'
import { DismissOtherPlace, MarkWatched, playback, playbackStream, RateItem, RecordProgress, type PlaybackCommand } from './playback.js'
import type { Met } from './plays-and-marks.js'
import { isFinished } from './progress.js'
import { standingOf } from './standing.js'

type Batch = Request<typeof sendIntents>['body']

export interface Parts {
  readonly sql: Query
  readonly runner: CommandRunner
  readonly store: EventStore
  readonly catalog: EventCatalog
}

/** A mark of a group is meant for all inside; more than this at once is to be sent in parts. */
export const MOST_COMMANDS = 20_000

/**
 * Records what a device did while it was offline, and says for each intent, in the order given, what became of it. `positions`
 * are where it was written. Throws `invalid-request` when it is too much at once.
 */
export async function takeIntents(
  parts: Parts,
  caller: Caller,
  { device, sentAt, intents }: Batch,
  by: Attribution,
  now: Date,
): Promise<Response<typeof sendIntents> & { readonly positions: readonly number[] }> {
  const received = now.getTime()
  const offset = received - Date.parse(sentAt)
  const items = await playableItems(parts.sql, caller, intents.map(({ itemId }) => itemId))
  const ordered = intents.map((intent, index) => ({ intent, index })).toSorted((a, b) => a.intent.sequence - b.intent.sequence)
  const times = inOrder(
    ordered.map(({ intent: { deviceTime, clockOffsetMs = offset } }) => happenedAt({ deviceTime, clockOffsetMs }, received)),
    received,
  )
  const telling = tellingOnes(ordered.map(({ intent }) => intent))
  const commands: { readonly command: PlaybackCommand; readonly index: number }[] = []
  const results = new Array<IntentResult | undefined>(intents.length)
  for (const [turn, { intent, index }] of ordered.entries()) {
    const item = items.get(intent.itemId)
    const refusal = refusalOf(intent, item)
    if (refusal) {
      results[index] = { result: 'refused', code: refusal }
      continue
    }
    if (!telling.has(intent)) {
      results[index] = { result: 'superseded' }
      continue
    }
    const marksAll = intent.kind === 'watched' || intent.kind === 'unwatched'
    for (const itemId of marksAll ? (await leavesOf(parts.sql, caller, [intent.itemId])).map(leaf => leaf.itemId) : [intent.itemId]) {
      const id = uuidv5(by.commandId, String(commands.length))
      const clock = { deviceSequence: intent.sequence, deviceTime: intent.deviceTime, clockOffsetMs: times[turn]! - Date.parse(intent.deviceTime) }
      commands.push({ index, command: commandOf(intent, item!, device, { userId: caller.userId, itemId, ...clock }, { ...by, commandId: id }) })
    }
    if (commands.length > MOST_COMMANDS) throw new DomainError('invalid-request', 'That is too much at once. Send it in parts.')
  }
  const outcomes = await parts.runner.runMany(playback, commands.map(({ command }) => command))
  const standings = await standingsOf(parts, outcomes)
  for (const [turn, { command, index }] of commands.entries())
    results[index] = together(results[index], resultOf(command, outcomes[turn]!, standings))
  return {
    results: results.map(result => result ?? { result: 'known' }),
    positions: outcomes.flatMap(outcome => (outcome instanceof DomainError ? [] : [outcome.position])),
  }
}

/** Of each play's reports, in order, those that say something beside the others: the first, the last, the furthest, the first at the end. */
function tellingOnes(intents: readonly Intent[]): ReadonlySet<Intent> {
  const plays = Map.groupBy(intents.filter(intent => intent.kind === 'progress'), ({ itemId, playId }) => `${itemId} ${playId}`)
  const telling = [...plays.values()].flatMap(reports => {
    const furthest = reports.reduce((best, report) => (report.positionMs > best.positionMs ? report : best))
    return [reports[0], reports.at(-1), furthest, reports.find(({ positionMs, durationMs }) => isFinished(positionMs, durationMs))]
  })
  return new Set<Intent | undefined>([...telling, ...intents.filter(({ kind }) => kind !== 'progress')]) as ReadonlySet<Intent>
}

function refusalOf(intent: Intent, item: PlayableItem | undefined): 'item-not-found' | 'not-playable' | undefined {
  if (!item) return 'item-not-found'
  if (intent.kind !== 'progress') return undefined
  return item.is_group || (intent.fileId === undefined && item.file_id === null) ? 'not-playable' : undefined
}

type Subject = Omit<MarkWatched['data'], 'watched'>

function commandOf(intent: Intent, item: PlayableItem, device: Batch['device'], subject: Subject, by: Attribution): PlaybackCommand {
  switch (intent.kind) {
    case 'progress': {
      const { playId, positionMs, durationMs, cause, method } = intent
      const source = { libraryId: item.library_id, fileId: intent.fileId ?? item.file_id!, method, device }
      return new RecordProgress({ ...subject, playId, positionMs, durationMs, cause, ...source }, by)
    }
    case 'watched':
    case 'unwatched':
      return new MarkWatched({ ...subject, libraryId: item.library_id, watched: intent.kind === 'watched' }, by)
    case 'rated':
      return new RateItem({ ...subject, libraryId: item.library_id, rating: intent.rating }, by)
    case 'dismissed':
      return new DismissOtherPlace({ ...subject, playId: intent.playId }, by)
  }
}

/** What stands in these streams now, all told. */
async function standingsOf({ store, catalog }: Parts, outcomes: readonly (Outcome | DomainError)[]): Promise<ReadonlyMap<string, Intents>> {
  const streams = [...new Set(outcomes.flatMap(outcome => (outcome instanceof DomainError ? [] : [outcome.streamId])))]
  const histories = await store.readMany(streams)
  return new Map(streams.map((stream, index) => [stream, histories[index]!.reduce((all, event) => join(all, catalog.current(event) as Met), nothing)]))
}

function resultOf(command: PlaybackCommand, outcome: Outcome | DomainError, standings: ReadonlyMap<string, Intents>): IntentResult {
  if (outcome instanceof DomainError) return { result: 'refused', code: outcome.code }
  if (!stands(command, standings.get(playbackStream(command.data)) ?? nothing)) return { result: 'superseded' }
  return { result: outcome.events.length > 0 ? 'taken' : 'known' }
}

function stands({ type, data }: PlaybackCommand, intents: Intents): boolean {
  const { playId, watched, rating } = standingOf(intents)
  switch (type) {
    case 'RecordProgress':
      return playId === data.playId && intents.plays.find(play => play.playId === playId)?.last?.sequence === data.deviceSequence
    case 'MarkWatched':
      return watched === data.watched
    case 'RateItem':
      return rating === data.rating
    case 'DismissOtherPlace':
      return true
  }
}

/** Of a group, the best that became of anything in it. */
const together = (before: IntentResult | undefined, one: IntentResult): IntentResult =>
  before && ranks.indexOf(before.result) <= ranks.indexOf(one.result) ? before : one
const ranks: readonly IntentResult['result'][] = ['taken', 'known', 'superseded', 'refused']
