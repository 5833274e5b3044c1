import type { UndoSelection } from '@projectionist/shared/events/undo'
import { DomainError } from '../../platform/eventing/decider.js'
import { nextStreams, type Chosen } from './selection.js'
import type { UndoParts } from './decisions.js'

interface Asking {
  readonly userId: string
  readonly role: 'admin' | 'member'
}

/** Everything that is in the log by now. */
export const EVERYTHING = Number.MAX_SAFE_INTEGER

/**
 * What this person may take back of a selection: what is their own, else, as an admin, what was done to libraries. Nobody ever
 * takes back what others played. Throws `nothing-to-undo`, and `scan-running` while the scan is not over.
 */
export async function mayTakeBack(parts: UndoParts, selection: UndoSelection, { userId, role }: Asking): Promise<Chosen> {
  const scanCauses = selection.of === 'scan' && role === 'admin' ? await causesOf(parts, selection.scanId) : []
  const all = { selection, types: parts.kinds.revertible, before: EVERYTHING, scanCauses }
  for (const personal of [userId, ...(role === 'admin' && selection.of !== 'plays' ? [undefined] : [])]) {
    const chosen = { ...all, personal }
    if ((await nextStreams(parts.sql, chosen, 0, 1)).end !== undefined) return chosen
  }
  throw new DomainError('nothing-to-undo')
}

/** The same once more for an undo that was asked for: only what stood before it. */
export async function chosenBy(
  parts: UndoParts,
  undo: { readonly selection: UndoSelection; readonly personal: string | undefined; readonly before: number },
): Promise<Chosen> {
  const { selection } = undo
  return {
    ...undo,
    types: parts.kinds.revertible,
    scanCauses: selection.of === 'scan' ? await causesOf(parts, selection.scanId) : [],
  }
}

/** What a scan finds follows from its beginning. */
async function causesOf({ sql, store }: UndoParts, scanId: string): Promise<string[]> {
  const [open] = await sql.query(`select 1 from read.scan_list where id = $1 and state in ('running', 'paused')`, [scanId])
  if (open)
    throw new DomainError('scan-running', 'The scan is not over yet. Wait until it is done, or cancel it, then take it back.')
  const [started] = await store.read(`scan-${scanId}`, { limit: 1 })
  return started ? [scanId, started.id] : [scanId]
}
