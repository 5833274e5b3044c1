import type { PlaybackRequest, PlaybackSession } from '@projectionist/shared/api/playback'
import type { z } from 'zod'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Caller } from '../../platform/http/caller.js'
import type { MediaEngine } from '../../platform/media/media-engine.js'
import type { Query } from '../../platform/sql/sql.js'
import { chooseVersion, type Version } from './choose-version.js'
import { deviceProfiles } from './device-profiles.js'
import { describeSession, HLS_TYPE, mimeTypeOf } from './describe-session.js'
import type { MediaTokens } from './media-tokens.js'
import { planStreams } from './plan-session.js'
import { playableItem, type PlayableItem } from './playable-files.js'
import type { StoredPlan } from './stored-plan.js'

/** Long enough for a long film with a long pause in it. */
const ADDRESS_GOOD_FOR_MS = 24 * 3600_000

export interface StartOptions {
  readonly sql: Query
  readonly engine: MediaEngine
  readonly tokens: MediaTokens
  /** For links to files whose names are no text. */
  readonly folder: string
}

export interface Started {
  readonly answer: Omit<PlaybackSession, 'next'>
  /** The session it took the place of, when that was still there. */
  readonly replaced: { readonly sessionId: string; readonly segments: number } | null
}

/** Decides how an item plays and writes the session's row. Throws `DomainError` with a code of the endpoint. */
export async function startSession(
  { sql, engine, tokens, folder }: StartOptions,
  caller: Caller,
  itemId: string,
  request: z.output<typeof PlaybackRequest>,
  sessionId: string,
  now: Date,
): Promise<Started> {
  const item = await playableItem(sql, caller, itemId)
  const files = request.fileId === undefined ? item.files : item.files.filter(({ file }) => file.fileId === request.fileId)
  if (files.length === 0) throw new DomainError('not-playable', 'The item has no such version')
  const profile = typeof request.profile === 'string' ? deviceProfiles[request.profile] : request.profile
  const { audioIndex, subtitleIndex, quality, maxBitRate } = request
  const version = await chooseVersion(files, { profile, audioIndex, subtitleIndex, quality, maxBitRate }, engine, folder)
  const { known, decision } = version
  const startMs = Math.min(request.startMs ?? item.resumeMs, known.media.durationMs ?? 0)
  const { playId, replaced } = await replace(sql, caller, itemId, request.replaces, sessionId)
  const device = { id: request.device?.id ?? caller.deviceId, name: request.device?.name ?? profile.name }
  const inserted = await insert(sql, { sessionId, playId, caller, device, item, version, plan: storedPlan(version, startMs), startMs })
  const base = `/api/media/${await tokens.seal(sessionId, new Date(now.getTime() + ADDRESS_GOOD_FOR_MS))}`
  const direct = decision.method === 'direct'
  return {
    replaced,
    answer: {
      sessionId,
      playId: inserted,
      itemId,
      fileId: known.file.fileId,
      method: methodOf(decision),
      reasons: [...decision.reasons],
      url: direct ? `${base}/file` : `${base}/index.m3u8`,
      mimeType: direct ? mimeTypeOf(known.media) : HLS_TYPE,
      durationMs: known.media.durationMs ?? 0,
      startMs,
      ...describeSession(decision, known.media, base),
    },
  }
}

function methodOf({ method }: Version['decision']): PlaybackSession['method'] {
  if (method === 'impossible') throw new DomainError('cannot-transcode')
  return method
}

function storedPlan({ known, decision, keyframes }: Version, startMs: number): StoredPlan {
  const { media, root, file } = known
  return {
    root,
    relative: file.location.relative,
    mimeType: mimeTypeOf(media),
    streams: decision.method === 'direct' ? null : withBurntFile(planStreams(decision, media, keyframes)),
    subtitles: media.subtitles.filter(({ form }) => form === 'text').map(({ index, external }) => ({ index, external: external ?? null })),
    startMs,
  }

  /** A picture subtitle in a file of its own: the plan names it relative to the root, as it does all files. */
  function withBurntFile(streams: StoredPlan['streams']): StoredPlan['streams'] {
    const external = decision.chosen.subtitle?.external
    if (!streams?.video || streams.video.plan.action !== 'encode' || !streams.video.plan.burn || external === undefined) return streams
    return { ...streams, video: { ...streams.video, plan: { ...streams.video.plan, burn: { ...streams.video.plan.burn, path: external } } } }
  }
}

/** Ends the session that this one takes the place of: quality or track changed, the same play goes on. */
async function replace(sql: Query, { userId }: Caller, itemId: string, replaces: string | undefined, sessionId: string) {
  if (replaces === undefined) return { playId: sessionId, replaced: null }
  const [old] = await sql.query<{ play_id: string; segments: number }>(
    'delete from live.playback_sessions where session_id = $1 and user_id = $2 and item_id = $3 returning play_id, segments',
    [replaces, userId, itemId],
    'replace_session',
  )
  return old ? { playId: old.play_id, replaced: { sessionId: replaces, segments: old.segments } } : { playId: sessionId, replaced: null }
}

interface NewSession {
  readonly sessionId: string
  readonly playId: string
  readonly caller: Caller
  readonly device: { readonly id: string; readonly name: string }
  readonly item: PlayableItem
  readonly version: Version
  readonly plan: StoredPlan
  readonly startMs: number
}

/** Gives the play's id: that of the first time when a request is repeated. */
async function insert(sql: Query, { sessionId, playId, caller, device, item, version: { known, decision }, plan, startMs }: NewSession): Promise<string> {
  const [row] = await sql.query<{ play_id: string }>(
    `insert into live.playback_sessions
       (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, plan, position_ms, duration_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (session_id) do update set last_seen_at = now(), plan = excluded.plan, method = excluded.method, reasons = excluded.reasons
     returning play_id`,
    [
      sessionId, playId, caller.userId, device.id, device.name, item.id, item.libraryId, known.file.fileId, decision.method,
      JSON.stringify(decision.reasons), JSON.stringify(plan), startMs, known.media.durationMs ?? 0,
    ],
    'start_session',
  )
  return row!.play_id
}
