import { z } from 'zod'
import { Actor } from '../events/event.js'
import { ItemKind } from '../events/media.js'
import { ById, endpoint, many, Page } from './endpoint.js'
import { Picture } from './items.js'

/** What something happened to. `id` is what follows the category in the stream's name. */
export const HistorySubject = z.object({
  category: z.string(),
  id: z.string(),
  title: z.string().nullable(),
  /** Of items: what it is, and what it stands in, for `Star Trails, S1 E3`; null where it left the catalogue. */
  item: z
    .object({ id: z.uuid(), kind: ItemKind, of: z.string().nullable(), seasonNumber: z.int().nullable(), episodeNumber: z.int().nullable(), picture: Picture.nullable() })
    .nullable()
    .optional(),
})
export type HistorySubject = z.infer<typeof HistorySubject>

/** What a field said before and after; left out: nothing. */
export const HistoryChange = z.object({ field: z.string(), from: z.json().optional(), to: z.json().optional() })
export type HistoryChange = z.infer<typeof HistoryChange>

export const HistoryEntry = z.object({
  id: z.uuid(),
  /** Place in the log; opaque. */
  position: z.string(),
  type: z.string(),
  at: z.iso.datetime(),
  actor: Actor,
  actorName: z.string(),
  /** Name of the device it was done on, where it is known. */
  deviceName: z.string().nullable(),
  reason: z.string(),
  correlationId: z.uuid(),
  causationId: z.uuid(),
  /** The line it stands in: `GET /history?group=&owner=`. */
  group: z.object({ id: z.uuid(), owner: z.uuid().nullable() }),
  /** The person whose own stream it is. */
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  subject: HistorySubject,
  data: z.record(z.string(), z.unknown()),
  /** From what to what; null where what it is about has no fields. Only when asked for with `changes`. */
  changes: z.array(HistoryChange).nullable().optional(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** What a line of the history says besides how many events there are. Times in ms. */
export const HistoryStory = z.object({
  play: z.object({ fromMs: z.int(), toMs: z.int(), durationMs: z.int(), finished: z.boolean() }).optional(),
  scan: z
    .object({
      state: z.enum(['running', 'paused', 'done', 'failed', 'cancelled']),
      added: z.int(), changed: z.int(), moved: z.int(), removed: z.int(), failed: z.int(),
    })
    .optional(),
})
export type HistoryStory = z.infer<typeof HistoryStory>

/** What one cause brought about, as far as it concerns everybody or one person's own streams. */
export const HistoryGroup = z.object({
  id: z.uuid(),
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** When it began; of a filtered list, when it first did what the filter asks for. Lists are in this order, newest first. */
  at: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** Place in the log of its last event. */
  position: z.string(),
  entries: z.int(),
  /** How many of which kind of event. */
  counts: z.record(z.string(), z.int()),
  story: HistoryStory,
  /** Everything in it happened to the subject of its first entry. */
  alone: z.boolean(),
  /** The event it began with. */
  first: HistoryEntry,
  /** Its events, where they are few. */
  eventIds: z.array(z.uuid()).nullable(),
})
export type HistoryGroup = z.infer<typeof HistoryGroup>

const Filters = {
  /** What happened to an item and all inside it. */
  item: z.uuid().optional(),
  /** What happened to anything with this id: a library, a person, a scan, a session, a playlist. */
  subject: z.uuid().optional(),
  scan: z.uuid().optional(),
  library: z.uuid().optional(),
  /** By a person, or in their own streams. */
  user: z.uuid().optional(),
  device: z.string().max(64).optional(),
  process: z.string().max(64).optional(),
  /** Kinds of events. */
  kind: many(z.string().max(64)).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** Words of titles, names, files, reasons and what somebody wrote; each may be unfinished. */
  q: z.string().max(200).optional(),
}
const Inside = {
  ...Filters,
  /** All of one line; `owner` where the line is a person's. */
  group: z.uuid().optional(),
  owner: z.uuid().optional(),
  /** What this event led to. */
  cause: z.uuid().optional(),
}
const yes = z.enum(['true', 'false']).default('false').transform(value => value === 'true')

export const getHistory = endpoint({
  method: 'GET', path: '/history', access: 'user',
  summary: 'What happened, newest first; members see their own. A page may be short, even empty, while `next` leads on',
  query: z.object({ ...Inside, changes: yes, ...Page }),
  response: z.object({ entries: z.array(HistoryEntry), names: z.record(z.uuid(), z.string()), next: z.string().nullable() }),
})
export const getHistoryGroups = endpoint({
  method: 'GET', path: '/history/groups', access: 'user',
  summary: 'The same, a line for each cause. A page may be short, even empty, while `next` leads on',
  query: z.object({ ...Filters, ...Page }),
  response: z.object({ groups: z.array(HistoryGroup), next: z.string().nullable() }),
})
export const getHistoryChoices = endpoint({
  method: 'GET', path: '/history/choices', access: 'user', summary: 'Devices and parts of the server that the history knows',
  response: z.object({ devices: z.array(z.object({ id: z.string(), name: z.string(), user: z.string() })), processes: z.array(z.string()) }),
})
export const exportHistory = endpoint({
  method: 'GET', path: '/history/export', access: 'user', summary: 'All of it as a file, newest first: CSV, or an entry as JSON a line',
  query: z.object({ ...Inside, format: z.enum(['csv', 'jsonl']).default('csv') }),
  response: z.unknown(),
})
export const getHistoryEntry = endpoint({
  method: 'GET', path: '/history/:id', access: 'user', summary: 'One event: from what to what, because of what, and what it led to',
  params: ById,
  response: z.object({
    entry: HistoryEntry,
    /** What ids in it are called. */
    names: z.record(z.uuid(), z.string()),
    /** What led to it, nearest first. */
    because: z.array(HistoryEntry),
    /** What it led to, oldest first, the beginning; all of it with `GET /history?cause=`. */
    led: z.object({ entries: z.array(HistoryEntry), more: z.boolean() }),
  }),
  errors: ['not-found'],
})
