import { z } from 'zod'
import { event, type Fact } from './event.js'

export const ScanProblem = z.object({
  rootId: z.uuid(),
  relative: z.string(),
  code: z.enum(['not-media', 'empty', 'damaged', 'unreadable', 'too-slow', 'vanished', 'loop', 'too-long', 'incomplete']),
  detail: z.string().max(500).optional(),
})
export type ScanProblem = z.infer<typeof ScanProblem>

export const ScanCounts = z.object({
  found: z.int().nonnegative(),
  added: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  moved: z.int().nonnegative(),
  removed: z.int().nonnegative(),
  /** Files with a problem. */
  failed: z.int().nonnegative(),
})
export type ScanCounts = z.infer<typeof ScanCounts>

export const ScanStarted = event(
  'ScanStarted',
  z.object({ libraryId: z.uuid(), cause: z.enum(['library-added', 'requested', 'schedule', 'change-seen']) }),
)
export const ScanPaused = event('ScanPaused', z.object({}))
export const ScanResumed = event('ScanResumed', z.object({}))
export const ScanCancelled = event('ScanCancelled', z.object({}))
/** Files that could not become items, or became ones with a fault (`incomplete`); one event a batch of paths. */
export const ScanProblemsFound = event('ScanProblemsFound', z.object({ problems: z.array(ScanProblem).min(1) }))
export const ScanCompleted = event('ScanCompleted', ScanCounts)
export const ScanFailed = event('ScanFailed', z.object({ code: z.string(), detail: z.string() }))

export const scanEvents = [ScanStarted, ScanPaused, ScanResumed, ScanCancelled, ScanProblemsFound, ScanCompleted, ScanFailed] as const
export type ScanEvent = Fact<(typeof scanEvents)[number]>
