import { z } from 'zod'
import { Actor } from '../events/event.js'
import { ById, endpoint, Page } from './endpoint.js'
import { HistoryChange, HistorySubject } from './history.js'
import { ItemSummary } from './items.js'
import { DeviceProfile, PlaybackReason, ProfileName } from './playback.js'

/** The header that names a past library: whoever sends it reads the library as it was, and can change nothing. */
export const AS_OF = 'As-Of'

const Moment = z.iso.datetime()

/** The library as it was at a moment, made again beside today's. */
export const PastLibrary = z.object({
  id: z.uuid(),
  /** The moment asked for; what it shows is everything recorded up to then. */
  at: Moment,
  /** Place in the log up to which it was made; opaque. */
  position: z.string(),
  state: z.enum(['waiting', 'building', 'ready', 'failed']),
  /** From 0 to 1. */
  progress: z.number(),
  /** Why it could not be made. */
  problem: z.string().nullable(),
})
export type PastLibrary = z.infer<typeof PastLibrary>

export const getPastLibraries = endpoint({
  method: 'GET', path: '/time-travel', access: 'admin', summary: 'Past libraries that are kept, and how far back one can look',
  response: z.object({ libraries: z.array(PastLibrary), /** Null when nothing has happened yet. */ first: Moment.nullable() }),
})
/** The two asked for last are kept; an older one makes room. One that nobody looks at goes after half an hour. */
export const lookBack = endpoint({
  method: 'POST', path: '/time-travel', access: 'admin', past: 'allowed', status: 202,
  summary: 'Make the library as it was at a moment; a moment at which it was the same gives the same one',
  body: z.object({ at: Moment }), response: PastLibrary,
})
export const getPastLibrary = endpoint({
  method: 'GET', path: '/time-travel/:id', access: 'admin', summary: 'How far the making of a past library has come', params: ById,
  response: PastLibrary, errors: ['past-library-gone'],
})
export const putAway = endpoint({
  method: 'DELETE', path: '/time-travel/:id', access: 'admin', past: 'allowed', summary: 'Stop making a past library, or put it away', params: ById,
})

const Fields = z.record(z.string(), z.unknown())

export const StreamEvent = z.object({
  id: z.uuid(), position: z.string(), type: z.string(), at: Moment, actor: Actor, actorName: z.string(), reason: z.string(), correlationId: z.uuid(),
  /** What it changed of its subject. */
  changes: z.array(HistoryChange),
})
export type StreamEvent = z.infer<typeof StreamEvent>

/** Members may ask for what is their own: their account, and their plays (`playback`, `<user>.<item>`). */
export const getStream = endpoint({
  method: 'GET', path: '/streams/:category/:id', access: 'user', summary: 'One subject as it was at a moment, beside how it is now',
  params: z.object({ category: z.string().regex(/^[a-z-]{1,40}$/), id: z.string().min(1).max(100) }),
  query: z.object({ at: Moment.optional(), ...Page, limit: z.coerce.number().int().min(1).max(100).default(30) }),
  response: z.object({
    subject: HistorySubject,
    /** When it was first heard of. */
    first: Moment,
    at: Moment,
    /** How it was then; null when it was not there yet. */
    then: Fields.nullable(),
    now: Fields.nullable(),
    /** From then to now. */
    differences: z.array(HistoryChange),
    /** What happened to it up to then, newest first. */
    events: z.array(StreamEvent),
    next: z.string().nullable(),
  }),
  errors: ['stream-not-found'],
})

/** Members may ask for their own. */
export const getWatchingThen = endpoint({
  method: 'GET', path: '/time-travel/watching', access: 'user', summary: 'Where a person stood with what they had played, marked and rated at a moment, latest first',
  query: z.object({ user: z.uuid().optional(), at: Moment.optional(), ...Page }),
  response: z.object({
    entries: z.array(z.object({ itemId: z.uuid(), item: ItemSummary.nullable(), at: Moment, then: Fields, now: Fields, differences: z.array(HistoryChange) })),
    next: z.string().nullable(),
  }),
  errors: ['user-not-found'],
})

/** What one cause did to one subject. */
export const SubjectChange = z.object({
  subject: HistorySubject,
  /** How many of its events the cause brought about in that time. */
  events: z.int(),
  changes: z.array(HistoryChange),
  /** It was not there before. */
  isNew: z.boolean(),
  /** At the end of the time it was again as at its beginning. */
  undone: z.boolean(),
})
export type SubjectChange = z.infer<typeof SubjectChange>

/** Everything that came from one cause between the moments. */
export const CauseOfChange = z.object({
  /** Of the cause; with `owner`, whose own streams it concerns, if any. */
  id: z.uuid(),
  owner: z.uuid().nullable(),
  at: Moment,
  until: Moment,
  actor: Actor,
  actorName: z.string(),
  reason: z.string(),
  /** Kind of its first event in the log. */
  type: z.string(),
  /** Events it has brought about so far, before and after these moments too. */
  events: z.int(),
  /** It began before the first moment, or went on after the second. */
  partly: z.boolean(),
  subjects: z.array(SubjectChange),
  /** Where its next subjects are; null when these are all. */
  next: z.string().nullable(),
})
export type CauseOfChange = z.infer<typeof CauseOfChange>

const Between = { from: Moment, to: Moment, ...Page }

export const getDifference = endpoint({
  method: 'GET', path: '/time-travel/difference', access: 'admin', summary: 'What changed between two moments, by what caused it, latest first',
  query: z.object({ ...Between, limit: z.coerce.number().int().min(1).max(50).default(20) }),
  response: z.object({ causes: z.array(CauseOfChange), next: z.string().nullable() }),
})
export const getDifferenceOfCause = endpoint({
  method: 'GET', path: '/time-travel/difference/:id', access: 'admin', summary: 'What one cause changed between two moments', params: ById,
  query: z.object({ ...Between, owner: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  response: z.object({ subjects: z.array(SubjectChange), next: z.string().nullable() }),
})

const Method = z.enum(['direct', 'remux', 'transcode'])
const WouldBe = z.enum(['direct', 'remux', 'transcode', 'impossible'])

/** A play, how it was sent, and how it would be sent to another device in its original quality. */
export const ReplayedPlay = z.object({
  itemId: z.uuid(), title: z.string().nullable(), at: Moment, device: z.string(), file: z.string(),
  was: Method,
  /** Why it was not sent as it is, as far as that was recorded: codes of `PlaybackReason`. */
  wasReasons: z.array(z.string()),
  wouldBe: WouldBe,
  reasons: z.array(PlaybackReason),
})
export type ReplayedPlay = z.infer<typeof ReplayedPlay>

export const whatIf = endpoint({
  method: 'POST', path: '/playback/what-if', access: 'admin', past: 'allowed', summary: 'How the latest plays would have been sent to another device',
  body: z.object({ profile: z.union([ProfileName, DeviceProfile]), last: z.int().min(1).max(1000).default(1000) }),
  response: z.object({
    device: z.string(),
    plays: z.int(),
    was: z.record(Method, z.int()),
    wouldBe: z.record(WouldBe, z.int()),
    /** Plays of files of which nothing is known any more, and that are left out. */
    unknown: z.int(),
    /** By what would stand against direct play, the most frequent first. */
    groups: z.array(z.object({ wouldBe: WouldBe, reasons: z.array(PlaybackReason), plays: z.array(ReplayedPlay) })),
  }),
})
