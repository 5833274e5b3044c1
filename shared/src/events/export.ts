import { z } from 'zod'
import { event, type Fact } from './event.js'

/**
 * Streams are `export-<exportId>`, and `export-<userId>.<exportId>` where a person takes their own history along. `filter`: which part
 * of it, by ids and times. Words that were looked for may name somebody, and are left out: `searched` says that there were some.
 */
export const HistoryExported = event(
  'HistoryExported',
  z.object({
    format: z.enum(['csv', 'jsonl']),
    filter: z.object({
      item: z.uuid().optional(),
      subject: z.uuid().optional(),
      scan: z.uuid().optional(),
      library: z.uuid().optional(),
      user: z.uuid().optional(),
      device: z.string().optional(),
      process: z.string().optional(),
      kind: z.array(z.string()).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      group: z.uuid().optional(),
      owner: z.uuid().optional(),
      cause: z.uuid().optional(),
    }),
    searched: z.boolean(),
  }),
)

export const exportEvents = [HistoryExported] as const
export type ExportEvent = Fact<(typeof exportEvents)[number]>
