import type { Undo } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import type { Query } from '../../platform/sql/sql.js'

export interface UndoRow {
  readonly id: string
  readonly user_id: string | null
  readonly device_id: string | null
  readonly personal: boolean
  readonly selection: UndoSelection
  readonly before: number
  readonly total: number
  readonly state: Undo['state']
  readonly requested_at: string
  readonly ended_at: string | null
  readonly problem: string | null
  readonly reverted: number
  readonly unneeded: number
  readonly conflicts: number
  readonly after: number
  readonly taken_back_by: string | null
}

export async function findUndo(sql: Query, id: string): Promise<UndoRow | undefined> {
  const [row] = await sql.query<UndoRow>('select * from read.undos where id = $1', [id], 'undo_by_id')
  return row
}

export const toUndo = (row: UndoRow): Undo => ({
  id: row.id,
  selection: row.selection,
  state: row.state,
  total: row.total,
  done: row.reverted + row.unneeded + row.conflicts,
  reverted: row.reverted,
  unneeded: row.unneeded,
  conflicts: row.conflicts,
  requestedAt: row.requested_at,
  endedAt: row.ended_at,
  problem: row.problem,
  takenBackBy: row.taken_back_by,
})
