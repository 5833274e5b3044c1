import { z } from 'zod'
import { event, type Fact } from './event.js'

/** Streams are `transcode-<sessionId>`. */
export const TranscodeStarted = event(
  'TranscodeStarted',
  z.object({
    itemId: z.uuid(),
    fileId: z.uuid(),
    userId: z.uuid(),
    method: z.enum(['remux', 'transcode']),
    reasons: z.array(z.string()),
    video: z.string(),
    audio: z.string(),
  }),
)
export const TranscodeEnded = event(
  'TranscodeEnded',
  z.object({ cause: z.enum(['stopped', 'silent', 'replaced']), segments: z.int().nonnegative(), cpuMs: z.int().nonnegative().optional() }),
)
export const TranscodeFailed = event('TranscodeFailed', z.object({ code: z.string(), detail: z.string().max(2000) }))

export const transcodeEvents = [TranscodeStarted, TranscodeEnded, TranscodeFailed] as const
export type TranscodeEvent = Fact<(typeof transcodeEvents)[number]>
