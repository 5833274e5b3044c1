import { z } from 'zod'
import { Scan } from '../api/libraries.js'
import { Undo } from '../api/undo.js'

/** First message of a client on `/api/live`; without it the connection is closed after 5 s. Sent again with each new token. */
export const Authenticate = z.object({ type: z.literal('authenticate'), accessToken: z.string().max(4000) })
export const ClientMessage = z.discriminatedUnion('type', [Authenticate, z.object({ type: z.literal('ping') })])
export type ClientMessage = z.infer<typeof ClientMessage>

/** What pages show; told apart so that only what is on the screen is fetched again. */
export const Topic = z.enum(['items', 'libraries', 'scans', 'watch-state', 'users', 'sessions', 'history', 'undos'])
export type Topic = z.infer<typeof Topic>

export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('authenticated'), userId: z.uuid() }),
  z.object({ type: z.literal('refused'), code: z.enum(['not-signed-in', 'invalid-request']) }),
  z.object({ type: z.literal('pong') }),
  /** A device of the same person reports where it is. */
  z.object({
    type: z.literal('progress'),
    itemId: z.uuid(), sessionId: z.uuid(), positionMs: z.int(), durationMs: z.int(),
    state: z.enum(['playing', 'paused', 'stopped']), device: z.string(), at: z.iso.datetime(),
  }),
  /** Read models changed; fetch again what is shown of these topics. At most a few a second, however much changes. */
  z.object({
    type: z.literal('changed'),
    topics: z.array(Topic),
    /** Ids of items, when few. */
    items: z.array(z.uuid()).optional(),
    position: z.string(),
  }),
  /** How a running scan stands; to admins. */
  z.object({ type: z.literal('scan'), scan: Scan }),
  /** How a running undo stands; to whoever asked for it. */
  z.object({ type: z.literal('undo'), undo: Undo }),
])
export type ServerMessage = z.infer<typeof ServerMessage>
