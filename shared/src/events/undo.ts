import { z } from 'zod'
import { event, type Fact } from './event.js'

/**
 * What to take back: some events; everything one cause brought about (an edit, a bulk edit, another undo); what a scan did to its
 * library; or what the asking person played between two moments, of these items or of all.
 */
export const UndoSelection = z.discriminatedUnion('of', [
  z.object({ of: z.literal('events'), eventIds: z.array(z.uuid()).min(1).max(1000) }),
  z.object({ of: z.literal('cause'), correlationId: z.uuid() }),
  z.object({ of: z.literal('scan'), scanId: z.uuid() }),
  z.object({ of: z.literal('plays'), from: z.iso.datetime(), to: z.iso.datetime(), items: z.array(z.uuid()).min(1).max(1000).optional() }),
])
export type UndoSelection = z.infer<typeof UndoSelection>

/** Something that is not taken back, and why, in words. `since`: the later event that stands in the way. */
export const UndoConflict = z.object({ streamId: z.string(), eventId: z.uuid(), type: z.string(), why: z.string().max(500), since: z.uuid().optional() })
export type UndoConflict = z.infer<typeof UndoConflict>

/**
 * Streams are `undo-<undoId>`, and `undo-<userId>.<undoId>` where a person takes back what they played or marked: that stands in
 * their own streams alone. Concerns events that stood in the log before this one. `events`: how many those are.
 */
export const UndoRequested = event('UndoRequested', z.object({ selection: UndoSelection, events: z.int().nonnegative() }))
export const UndoCancelled = event('UndoCancelled', z.object({}))
/** What is left as it is; one event a batch. */
export const UndoConflictsFound = event('UndoConflictsFound', z.object({ conflicts: z.array(UndoConflict).min(1) }))
/** `unneeded`: events whose effect was gone already. */
export const UndoCompleted = event(
  'UndoCompleted',
  z.object({ reverted: z.int().nonnegative(), unneeded: z.int().nonnegative(), conflicts: z.int().nonnegative() }),
)
export const UndoFailed = event('UndoFailed', z.object({ code: z.string(), detail: z.string().max(2000) }))

export const undoEvents = [UndoRequested, UndoCancelled, UndoConflictsFound, UndoCompleted, UndoFailed] as const
export type UndoEvent = Fact<(typeof undoEvents)[number]>
