import { z } from 'zod'
import { event, type Fact } from './event.js'

/** Whose session of what it is; left out by events of the first versions. */
const Session = { itemId: z.uuid().optional(), userId: z.uuid().optional(), playId: z.uuid().optional() }

/** Streams are `transcode-<sessionId>`. Whose session it is stands in each event, so that read models can let go of a person. */
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
    playId: z.uuid().optional(),
  }),
)
export const TranscodeEnded = event(
  'TranscodeEnded',
  z.object({ cause: z.enum(['stopped', 'silent', 'replaced']), segments: z.int().nonnegative(), cpuMs: z.int().nonnegative().optional(), ...Session }),
)
export const TranscodeFailed = event('TranscodeFailed', z.object({ code: z.string(), detail: z.string().max(2000), ...Session }))

export const transcodeEvents = [TranscodeStarted, TranscodeEnded, TranscodeFailed] as const
export type TranscodeEvent = Fact<(typeof transcodeEvents)[number]>
