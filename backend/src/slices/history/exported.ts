import { HistoryExported, type ExportEvent } from '@projectionist/shared/events/export'
import { Command, type Decider } from '../../platform/eventing/decider.js'
import type { HistoryFilter } from './sought.js'

/** `personal`: the person who takes their own history along, and sees no other. */
export class NoteExport extends Command<
  'NoteExport',
  {
    readonly exportId: string
    readonly personal: string | null
    readonly format: 'csv' | 'jsonl'
    readonly filter: HistoryFilter
  }
> {
  readonly type = 'NoteExport'
}

/** That the history was exported; what was in the file is not kept. */
export const exported: Decider<null, NoteExport, ExportEvent> = {
  category: 'export',
  streamId: ({ data: { exportId, personal } }) => (personal === null ? `export-${exportId}` : `export-${personal}.${exportId}`),
  initial: null,
  starts: () => true,
  decide({ data: { format, filter } }) {
    const { q, ...parts } = filter
    const asked = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
    return [HistoryExported({ format, filter: asked, searched: q !== undefined })]
  },
  evolve: state => state,
  reverts: { HistoryExported: { never: 'A file that was saved is out of reach. That it was made stays in the record.' } },
}
