import { z } from 'zod'
import { endpoint } from './endpoint.js'

/** A read model: tables made from the log, and how they stand. */
export const ReadModel = z.object({
  name: z.string(),
  version: z.int(),
  /** The version that serves, another one until the new one is filled; null while there is none. */
  serves: z.int().nullable(),
  /** `rebuilding`: nothing whole serves yet. `faulted`: it stands still at an event it cannot take. */
  state: z.enum(['waiting', 'rebuilding', 'live', 'faulted']),
  position: z.string(),
  /** Events that concern it and are not in it yet, the time of the first of them, and whether there are more than were counted. */
  behind: z.object({ events: z.int(), more: z.boolean(), since: z.iso.datetime().nullable() }),
  /** New tables being filled: how much of the log is in them, from 0 to 1, and events a second. What serves goes on serving. */
  filling: z.object({ done: z.number(), rate: z.number() }).nullable(),
  /** A rebuild was asked for and is not done. */
  rebuildAsked: z.boolean(),
  fault: z
    .object({
      error: z.string(),
      event: z.object({ id: z.string(), type: z.string(), streamId: z.string(), position: z.string() }).nullable(),
    })
    .nullable(),
  /** Why it cannot go on right now, though it keeps trying. */
  trouble: z.string().nullable(),
  /** Why the last rebuild was given up. */
  givenUp: z.string().nullable(),
})
export type ReadModel = z.infer<typeof ReadModel>

const ByName = z.object({ name: z.string().max(60) })

export const getReadModels = endpoint({
  method: 'GET', path: '/read-models', access: 'admin', summary: 'Read models and how they stand',
  response: z.object({ readModels: z.array(ReadModel) }),
})
export const rebuildReadModels = endpoint({
  method: 'POST', path: '/read-models/rebuilds', access: 'admin', summary: 'Rebuild one read model, or all, while the old one serves',
  body: z.object({ name: z.string().max(60).optional() }),
  errors: ['read-model-not-found'],
})
export const resumeReadModel = endpoint({
  method: 'POST', path: '/read-models/:name/resume', access: 'admin', summary: 'Let one that stands still try its event again',
  params: ByName,
  errors: ['read-model-not-found'],
})
