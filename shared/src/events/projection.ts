import { z } from 'zod'
import { event, type Fact } from './event.js'

/** Streams are `projection-<name>`. Somebody asks for a read model's tables to be made anew. */
export const RebuildRequested = event('RebuildRequested', z.object({ projection: z.string() }))

/** Somebody asks for a read model that has stopped to try its event again. */
export const ResumeRequested = event('ResumeRequested', z.object({ projection: z.string() }))

export const projectionEvents = [RebuildRequested, ResumeRequested] as const
export type ProjectionEvent = Fact<(typeof projectionEvents)[number]>
