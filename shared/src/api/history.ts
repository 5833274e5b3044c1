import { z } from 'zod'
import { Actor } from '../events/event.js'
import { endpoint, Page } from './endpoint.js'

export const HistoryEntry = z.object({
  id: z.uuid(),
  /** Place in the log; opaque. */
  position: z.string(),
  type: z.string(),
  at: z.iso.datetime(),
  actor: Actor,
  actorName: z.string(),
  reason: z.string(),
  correlationId: z.uuid(),
  causationId: z.uuid(),
  subject: z.object({ category: z.string(), id: z.string(), title: z.string().nullable() }),
  data: z.record(z.string(), z.unknown()),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const getHistory = endpoint({
  method: 'GET', path: '/history', access: 'user', summary: 'What happened, newest first; members see their own',
  query: z.object({
    item: z.uuid().optional(), user: z.uuid().optional(), kind: z.string().max(64).optional(),
    from: z.iso.datetime().optional(), to: z.iso.datetime().optional(), ...Page,
  }),
  response: z.object({ entries: z.array(HistoryEntry), next: z.string().nullable() }),
})
