import { z } from 'zod'
import { Chapter } from '../events/media.js'
import { Device } from './accounts.js'
import { ById, endpoint } from './endpoint.js'
import { ItemSummary } from './items.js'

/**
 * What a device plays. Codec and container names are FFmpeg's. A list that is absent puts no limit; a codec that is not
 * listed is not played.
 */
export const DeviceProfile = z.object({
  name: z.string().max(100),
  /** Files the device opens as they are, over HTTP with ranges. */
  direct: z.array(z.object({ container: z.string(), video: z.array(z.string()), audio: z.array(z.string()) })).max(100),
  /** Codecs the device takes in HLS with fragmented MP4; empty lists when it has no HLS. */
  hls: z.object({ video: z.array(z.string()), audio: z.array(z.string()) }),
  video: z
    .array(
      z.object({
        codec: z.string(),
        profiles: z.array(z.string()).optional(),
        maxLevel: z.number().optional(),
        maxBitDepth: z.int().optional(),
        maxWidth: z.int().optional(),
        maxHeight: z.int().optional(),
        maxFrameRate: z.number().optional(),
        ranges: z.array(z.enum(['sdr', 'hdr10', 'hlg', 'dolby-vision'])).optional(),
        /** Shows interlaced pictures well; absent: they are made progressive for it. */
        interlaced: z.boolean().optional(),
      }),
    )
    .max(50),
  audio: z.array(z.object({ codec: z.string(), maxChannels: z.int().optional(), maxSampleRate: z.int().optional() })).max(50),
  /** Subtitles the player draws itself; all others are burnt in or converted to WebVTT. */
  subtitles: z.array(z.enum(['webvtt', 'ass', 'pgs'])).default(['webvtt']),
  maxBitRate: z.int().positive().optional(),
  maxAudioChannels: z.int().positive().optional(),
  /** Can choose among several audio tracks of a file it opens directly. */
  switchesAudio: z.boolean().default(false),
})
export type DeviceProfile = z.infer<typeof DeviceProfile>

/** Devices known by name. */
export const ProfileName = z.enum(['chrome', 'firefox', 'safari', 'edge'])

/** Why a stream is not sent as it is. `subject` says which stream. */
export const PlaybackReason = z.object({
  subject: z.enum(['container', 'video', 'audio', 'subtitle', 'session']),
  code: z.enum([
    'container-not-supported', 'video-codec-not-supported', 'video-profile-not-supported', 'video-level-not-supported',
    'video-bit-depth-not-supported', 'video-resolution-not-supported', 'video-frame-rate-not-supported', 'video-range-not-supported',
    'video-interlaced', 'video-rotated', 'audio-codec-not-supported', 'audio-channels-not-supported', 'audio-sample-rate-not-supported',
    'audio-track-chosen', 'bit-rate-too-high', 'quality-chosen', 'subtitle-burnt-in', 'keyframes-unknown', 'several-audio-streams',
  ]),
  /** The value that did not fit and the limit, where there is one: `hevc`, `8000000 > 4000000`. */
  detail: z.string().optional(),
})
export type PlaybackReason = z.infer<typeof PlaybackReason>

/** A rung a person can choose. `bitRate` is bits a second of video and audio together; null keeps the original. */
export const Quality = z.object({ id: z.string(), label: z.string(), height: z.int().nullable(), bitRate: z.int().nullable() })
export type Quality = z.infer<typeof Quality>

export const PlaybackRequest = z.object({
  profile: z.union([ProfileName, DeviceProfile]),
  device: Device.optional(),
  fileId: z.uuid().optional(),
  /** Stream index in the file; absent: by language preference and the file's default. */
  audioIndex: z.int().nonnegative().optional(),
  /** Stream index, or -1 for none; absent: forced subtitles only. */
  subtitleIndex: z.int().min(-1).optional(),
  /** `Quality.id`; absent or `original`: as good as possible. */
  quality: z.string().max(40).optional(),
  maxBitRate: z.int().positive().optional(),
  /** Where to start; absent: where the person left off. */
  startMs: z.int().nonnegative().optional(),
  /** The session this one takes the place of, when quality or track was changed during play: the same play goes on. */
  replaces: z.uuid().optional(),
})

export const PlaybackSession = z.object({
  sessionId: z.uuid(),
  playId: z.uuid(),
  itemId: z.uuid(),
  fileId: z.uuid(),
  method: z.enum(['direct', 'remux', 'transcode']),
  reasons: z.array(PlaybackReason),
  /** The file itself when direct, else an HLS playlist; relative to the server, token inside. */
  url: z.string(),
  mimeType: z.string(),
  durationMs: z.int(),
  startMs: z.int(),
  /** What is sent, in words for people who want to know: `H.264 1080p`, `AAC stereo`. */
  sends: z.object({ video: z.string().nullable(), audio: z.string().nullable() }),
  original: z.object({ video: z.string().nullable(), audio: z.string().nullable(), container: z.string(), bitRate: z.int().nullable() }),
  audio: z.array(z.object({ index: z.int(), label: z.string(), language: z.string().nullable(), selected: z.boolean() })),
  subtitles: z.array(
    z.object({
      index: z.int(), label: z.string(), language: z.string().nullable(), forced: z.boolean(), selected: z.boolean(),
      /** WebVTT; null where choosing it means that it is burnt into the picture. */
      url: z.string().nullable(),
    }),
  ),
  qualities: z.array(Quality),
  quality: z.string(),
  chapters: z.array(Chapter),
  next: ItemSummary.nullable(),
})
export type PlaybackSession = z.infer<typeof PlaybackSession>

export const startPlayback = endpoint({
  method: 'POST', path: '/items/:id/playback', access: 'user', summary: 'Decide how to play and start a session', params: ById,
  body: PlaybackRequest, response: PlaybackSession, status: 201,
  errors: ['item-not-found', 'not-playable', 'file-unavailable', 'cannot-transcode', 'no-worker', 'disk-full'],
})
/**
 * Where the player is; every 10 s while playing and at each pause, seek and stop. Stored before it answers and on the
 * person's other devices at once. `sequence` grows with each report of the device; older ones change nothing.
 */
export const reportProgress = endpoint({
  method: 'PUT', path: '/items/:id/progress', access: 'user', past: 'allowed', summary: 'Where the player is', params: ById,
  body: z.object({
    sessionId: z.uuid(),
    positionMs: z.int().nonnegative(),
    state: z.enum(['playing', 'paused', 'stopped']),
    durationMs: z.int().positive().optional(),
    cause: z.enum(['tick', 'seek']).default('tick'),
    sequence: z.int().nonnegative().optional(),
    /** When the player came to this place: one that was paused here was here since then, whenever it is closed. */
    deviceTime: z.iso.datetime().optional(),
    clockOffsetMs: z.int().optional(),
  }),
  errors: ['item-not-found', 'session-not-found'],
})
export const stopSession = endpoint({
  method: 'DELETE', path: '/sessions/:id', access: 'user', past: 'allowed', summary: 'End a playback session', params: ById, errors: ['session-not-found'],
})
/** Who plays what now: one's own for a member, all for an admin. */
export const ActiveSession = z.object({
  sessionId: z.uuid(), user: z.object({ id: z.uuid(), name: z.string() }), device: z.string(), item: ItemSummary,
  method: z.enum(['direct', 'remux', 'transcode']), reasons: z.array(PlaybackReason), state: z.enum(['playing', 'paused']),
  positionMs: z.int(), durationMs: z.int(), startedAt: z.iso.datetime(),
  /** How fast the conversion goes, 1 being playing speed; null when nothing is converted right now. */
  speed: z.number().nullable(),
})
export const getSessions = endpoint({
  method: 'GET', path: '/sessions', access: 'user', summary: 'What is playing now', response: z.object({ sessions: z.array(ActiveSession) }),
})
/** When the person did it, by the device; without it, when the request arrives. `sequence` grows with all that the device sends. */
const DeviceSays = {
  sequence: z.int().nonnegative().optional(),
  deviceTime: z.iso.datetime().optional(),
  /** Server's clock minus device's clock, ms. */
  clockOffsetMs: z.int().optional(),
}
const Rating = z.int().min(1).max(10).nullable()
/** `id` is the cause of all that was marked: what undo takes back. */
const Marked = z.object({ id: z.uuid() })

export const markWatched = endpoint({
  method: 'PUT', path: '/items/:id/watched', access: 'user', summary: 'Mark as watched or unwatched, a group with all inside', params: ById,
  body: z.object({ watched: z.boolean(), ...DeviceSays }), response: Marked, errors: ['item-not-found'],
})
export const markItems = endpoint({
  method: 'POST', path: '/marks', access: 'user', summary: 'Mark many items at once as watched or unwatched, groups with all inside',
  body: z.object({ items: z.array(z.uuid()).min(1).max(5000), watched: z.boolean(), ...DeviceSays }), response: Marked, errors: ['item-not-found'],
})
export const rateItem = endpoint({
  method: 'PUT', path: '/items/:id/rating', access: 'user', summary: 'Rate from 1 to 10; null takes it back', params: ById,
  body: z.object({ rating: Rating, ...DeviceSays }), errors: ['item-not-found'],
})

/** What a person did with an item while their device was offline. A group's mark is meant for all inside. */
const Done = { itemId: z.uuid(), ...DeviceSays, sequence: z.int().nonnegative(), deviceTime: z.iso.datetime() }
export const Intent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'), ...Done,
    /** The session's `playId`; a device that plays without a session makes one up, one a viewing. */
    playId: z.uuid(),
    positionMs: z.int().nonnegative(),
    durationMs: z.int().positive(),
    cause: z.enum(['pause', 'seek', 'stop', 'minute']).default('stop'),
    /** Absent: the item's first version. */
    fileId: z.uuid().optional(),
    method: z.enum(['direct', 'remux', 'transcode']).default('direct'),
  }),
  z.object({ kind: z.literal('watched'), ...Done }),
  z.object({ kind: z.literal('unwatched'), ...Done }),
  z.object({ kind: z.literal('rated'), rating: Rating, ...Done }),
  /** Do not tell me of that other play's place any more; `playId` of `ElsewherePlace`. */
  z.object({ kind: z.literal('dismissed'), playId: z.uuid(), ...Done }),
])
export type Intent = z.infer<typeof Intent>

/**
 * `taken`: recorded, and it stands. `superseded`: recorded if it was new, but something later stands. `known`: it was sent
 * before, and stands. `refused`: never to be sent again, `code` says why; the only way an intent is not part of the person's history.
 */
export const IntentResult = z.object({ result: z.enum(['taken', 'known', 'superseded', 'refused']), code: z.string().optional() })
export type IntentResult = z.infer<typeof IntentResult>

/**
 * Intents may be sent late, again, and in any order, and come to the same (docs/progress-merge.md). `sentAt` is the device's
 * clock as it sends; the difference to the server's corrects every `deviceTime` that has no `clockOffsetMs` of its own.
 */
export const sendIntents = endpoint({
  method: 'POST', path: '/me/intents', access: 'user', past: 'allowed', summary: 'What a device recorded while it was offline',
  body: z.object({ device: Device, sentAt: z.iso.datetime(), intents: z.array(Intent).min(1).max(500) }),
  response: z.object({ results: z.array(IntentResult) }),
})

export const ContinueEntry = z.object({ item: ItemSummary, positionMs: z.int(), durationMs: z.int(), at: z.iso.datetime() })
export const getContinueWatching = endpoint({
  method: 'GET', path: '/me/continue-watching', access: 'user', past: 'shown', summary: 'What was begun and not finished, newest first',
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  response: z.object({ items: z.array(ContinueEntry) }),
})
export const getNextUp = endpoint({
  method: 'GET', path: '/me/next-up', access: 'user', past: 'shown', summary: 'The next episode of each series being watched',
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  response: z.object({ items: z.array(ItemSummary) }),
})
