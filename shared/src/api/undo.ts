import { z } from 'zod'
import { Actor } from '../events/event.js'
import { ItemKind } from '../events/media.js'
import { UndoSelection } from '../events/undo.js'
import { ById, endpoint } from './endpoint.js'
import { ItemSummary } from './items.js'

/** What an undo is about: an item, a library, or an item in a person's own playing. `title` is null for what cannot be seen any more. */
export const UndoSubject = z.object({ category: z.string(), id: z.string(), title: z.string().nullable(), kind: ItemKind.nullable() })
export type UndoSubject = z.infer<typeof UndoSubject>

/** Something that is left as it is, why, and which later event stands in the way. */
export const LeftAsItIs = z.object({
  subject: UndoSubject,
  eventId: z.uuid(),
  type: z.string(),
  why: z.string(),
  since: z.object({ eventId: z.uuid(), type: z.string(), at: z.iso.datetime(), actor: Actor, actorName: z.string() }).nullable(),
})
export type LeftAsItIs = z.infer<typeof LeftAsItIs>

/** What one subject would say after: fields that change. A field without `from` or `to` says nothing then. */
export const UndoneSubject = z.object({
  subject: UndoSubject,
  changes: z.array(z.object({ field: z.string(), from: z.json().optional(), to: z.json().optional() })),
})
export type UndoneSubject = z.infer<typeof UndoneSubject>

/** Events by what would come of them. `unneeded`: their effect is gone already. */
export const UndoTally = z.object({ reverted: z.int(), unneeded: z.int(), conflicts: z.int() })
export type UndoTally = z.infer<typeof UndoTally>

export const previewUndo = endpoint({
  method: 'POST', path: '/undos/preview', access: 'user', summary: 'What taking something back would change, page by page; nothing is changed',
  body: z.object({
    selection: UndoSelection,
    cursor: z.string().max(40).optional(),
    /** How many events a page looks at, at least. */
    limit: z.int().min(1).max(2000).default(100),
    /** False: only the tally. */
    details: z.boolean().default(true),
  }),
  response: z.object({
    /** Of the whole selection, on its first page: events by kind that could ever be taken back. */
    kinds: z.array(z.object({ type: z.string(), count: z.int() })),
    total: z.int(),
    /** Of this page. */
    tally: UndoTally,
    subjects: z.array(UndoneSubject),
    left: z.array(LeftAsItIs),
    next: z.string().nullable(),
  }),
  errors: ['nothing-to-undo', 'scan-running'],
})

export const UndoState = z.enum(['running', 'done', 'cancelled', 'failed'])
export const Undo = UndoTally.extend({
  id: z.uuid(),
  selection: UndoSelection,
  state: UndoState,
  /** Events there are to take back, and those dealt with. */
  total: z.int(),
  done: z.int(),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  problem: z.string().nullable(),
  /** The latest undo of this undo. */
  takenBackBy: z.uuid().nullable(),
})
export type Undo = z.infer<typeof Undo>

export const requestUndo = endpoint({
  method: 'POST', path: '/undos', access: 'user', status: 202,
  summary: 'Take something back; members what they played, marked and rated, admins what was done to libraries too',
  body: z.object({ selection: UndoSelection }), response: z.object({ id: z.uuid() }), errors: ['nothing-to-undo', 'scan-running'],
})
export const getUndo = endpoint({
  method: 'GET', path: '/undos/:id', access: 'user', summary: 'How an undo stands', params: ById, response: Undo, errors: ['undo-not-found'],
})
export const getUndoConflicts = endpoint({
  method: 'GET', path: '/undos/:id/conflicts', access: 'user', summary: 'What an undo has left as it is, and why; at most 500', params: ById,
  response: z.object({ left: z.array(LeftAsItIs), more: z.boolean() }), errors: ['undo-not-found'],
})
export const changeUndo = endpoint({
  method: 'PATCH', path: '/undos/:id', access: 'user', summary: 'Cancel an undo; what it has taken back stays so', params: ById,
  body: z.object({ action: z.enum(['cancel']) }), errors: ['undo-not-found', 'undo-not-running'],
})

/** What the person played of an item in a time. */
export const PlayedItem = z.object({
  itemId: z.uuid(),
  /** Null: not in the person's libraries any more. */
  item: ItemSummary.nullable(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  finished: z.boolean(),
})
export type PlayedItem = z.infer<typeof PlayedItem>

export const getPlayed = endpoint({
  method: 'GET', path: '/me/played', access: 'user', summary: 'What the person played between two moments, latest first; at most 500 items',
  query: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  response: z.object({ played: z.array(PlayedItem), more: z.boolean() }),
})
