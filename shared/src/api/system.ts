import { z } from 'zod'
import { endpoint } from './endpoint.js'
import { LibraryKind } from '../events/media.js'

export const getHealth = endpoint({
  method: 'GET', path: '/health', access: 'anyone', summary: '200 when ready, 503 with what is missing or still being prepared',
  response: z.object({
    /** `preparing`: the library cannot be shown yet, since read models it needs are being filled for the first time. */
    status: z.enum(['ready', 'preparing', 'degraded']),
    version: z.string(),
    setUp: z.boolean(),
    missing: z.array(z.object({ part: z.string(), detail: z.string() })),
    /** While `preparing`: how far the library is. */
    percent: z.int().optional(),
    /** Read models that nothing serves yet, and how far they are; there may be some while the rest is ready. */
    readModels: z.array(z.object({ name: z.string(), title: z.string(), percent: z.int() })),
  }),
})
export type Health = z.infer<(typeof getHealth)['response']>

export const getLiveness = endpoint({
  method: 'GET', path: '/health/live', access: 'anyone', summary: '204 as long as the program runs, whatever it waits for',
})

export const FolderGuess = z.object({ kind: LibraryKind, count: z.int() })
/** Browses folders of the server, for naming a library's. Without `path`: sensible places to start. */
export const getFolders = endpoint({
  method: 'GET', path: '/folders', access: 'admin', summary: 'Folders on the server',
  query: z.object({ path: z.string().max(8192).optional(), guess: z.stringbool().optional() }),
  response: z.object({
    path: z.string().nullable(),
    parent: z.string().nullable(),
    folders: z.array(z.object({ name: z.string(), path: z.string(), readable: z.boolean() })),
    /** What a quick look under `path` found, when asked for with `guess=true`; `more` when the look was cut short. */
    guess: z.object({ counts: z.array(FolderGuess), more: z.boolean(), examples: z.array(z.string()) }).nullable(),
  }),
  errors: ['folder-not-found', 'folder-unreadable'],
})
