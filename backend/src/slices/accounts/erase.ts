import { ownerOf } from '@projectionist/shared/events/personal'
import type { CommandRunner } from '../../platform/eventing/command-runner.js'
import { byProcess, type Attribution } from '../../platform/eventing/decider.js'
import type { EventStore, Position } from '../../platform/eventing/event-store.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'
import type { Query, Sql } from '../../platform/sql/sql.js'
import type { Credentials } from './accounts.js'
import { CompleteErasure, erasure } from './erasure.js'
import type { Tokens } from './tokens.js'

/** What erasing a person takes. */
export class ErasingParts {
  constructor(
    readonly sql: Sql,
    readonly store: EventStore,
    readonly runner: CommandRunner,
    readonly credentials: Credentials,
    readonly tokens: Tokens,
  ) {}
}

const STREAMS_AT_ONCE = 100
const DELETIONS_AT_ONCE = 8
const NOTE_EVERY_MS = 500

/** Ends what lets a person in: their name and password, their sessions, what they play. The name is free from now on. */
export async function shutOut({ sql, credentials, tokens }: ErasingParts, userId: string): Promise<void> {
  await credentials.remove(userId)
  await tokens.end(userId, {})
  await sql.query('delete from live.playback_sessions where user_id = $1', [userId])
  await sql.query('delete from live.refused_sign_ins where user_id = $1', [userId])
}

/**
 * Deletes an erased person's streams in the store: first those the read model knows, then whatever a look through the log
 * finds beside them, after their first event. Notes how far it has come, and goes on from there when it is called again, on any
 * node; twice at once does no harm. Resolves before the end when the signal aborts.
 *
 * @param since position of `UserErased`: events of theirs that stand behind it came late
 */
export async function erase(parts: ErasingParts, userId: string, since: Position, signal: AbortSignal): Promise<void> {
  const { sql, store, runner } = parts
  await shutOut(parts, userId)
  const progress = await begin(parts, userId)
  const removeOne = async (stream: string): Promise<void> => {
    const [last] = await store.read(stream, { direction: 'backward', limit: 1 })
    if (last && last.position > since && !progress.latecomers)
      await note(sql, userId, Object.assign(progress, { latecomers: true }))
    await store.delete(stream)
    if (last) progress.streams++
  }
  const remove = async (streams: readonly string[]): Promise<void> => {
    for (let at = 0; at < streams.length && !signal.aborted; at += DELETIONS_AT_ONCE)
      await Promise.all(streams.slice(at, at + DELETIONS_AT_ONCE).map(removeOne))
    await note(sql, userId, progress)
  }

  // It begins with the first event, which the look through the log does not see.
  await remove([`user-${userId}`])
  for (let after = ''; !signal.aborted;) {
    const known = await sql.query<{ stream_id: string }>(
      `select stream_id from read.person_streams where user_id = $1 and stream_id collate "C" > $2 order by stream_id collate "C" limit ${STREAMS_AT_ONCE}`,
      [userId, after],
    )
    if (known.length === 0) break
    await remove(known.map(({ stream_id }) => stream_id))
    after = known.at(-1)!.stream_id
  }

  let noted = Date.now()
  for await (const { events, position } of store.readAll({ from: progress.position, signal })) {
    const theirs = events.filter(event => ownerOf(event) === userId)
    if (theirs.length > 0) await remove([...new Set(theirs.map(({ streamId }) => streamId))])
    progress.position = position
    if (Date.now() - noted > NOTE_EVERY_MS) {
      await note(sql, userId, progress)
      noted = Date.now()
    }
  }
  if (signal.aborted) return
  await runner.run(
    erasure,
    new CompleteErasure({ userId, streams: progress.streams, latecomers: progress.latecomers }, completedBy(userId)),
  )
  await sql.query('delete from live.erasures where user_id = $1', [userId])
}

interface Progress {
  position: Position
  streams: number
  latecomers: boolean
}

/** Where an earlier run has come to; else the person's first event, before which there is nothing of theirs. */
async function begin({ sql, store }: ErasingParts, userId: string): Promise<Progress> {
  const [kept] = await sql.query<Progress>('select position, streams, latecomers from live.erasures where user_id = $1', [userId])
  if (kept) return kept
  const [first] = await store.read(`user-${userId}`, { limit: 1 })
  const position = first?.position ?? 0
  await sql.query(
    'insert into live.erasures (user_id, began_at, position, head) values ($1, $2, $2, $3) on conflict do nothing',
    [userId, position, await store.head()],
  )
  return { position, streams: 0, latecomers: false }
}

async function note(sql: Query, userId: string, { position, streams, latecomers }: Progress): Promise<void> {
  await sql.query('update live.erasures set position = $2, streams = $3, latecomers = $4 where user_id = $1', [
    userId,
    position,
    streams,
    latecomers,
  ])
}

const completedBy = (userId: string): Attribution =>
  byProcess('erasure', 'everything of a person was deleted', uuidv5(PROJECTIONIST, `erasure of ${userId} completed`))
