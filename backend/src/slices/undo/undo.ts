import {
  UndoCancelled,
  UndoCompleted,
  UndoConflictsFound,
  UndoFailed,
  UndoRequested,
  type UndoConflict,
  type UndoEvent,
  type UndoSelection,
} from '@projectionist/shared/events/undo'
import { Command, DomainError, type Decider, type Irrevertible } from '../../platform/eventing/decider.js'

/** `personal`: the person who takes back what they themselves played or marked. */
interface Subject {
  readonly undoId: string
  readonly personal: string | undefined
}
export interface Tally {
  readonly reverted: number
  readonly unneeded: number
  readonly conflicts: number
}

export class RequestUndo extends Command<
  'RequestUndo',
  Subject & { readonly selection: UndoSelection; readonly events: number }
> {
  readonly type = 'RequestUndo'
}
export class CancelUndo extends Command<'CancelUndo', Subject> {
  readonly type = 'CancelUndo'
}
export class ReportUndoConflicts extends Command<
  'ReportUndoConflicts',
  Subject & { readonly conflicts: readonly UndoConflict[] }
> {
  readonly type = 'ReportUndoConflicts'
}
export class CompleteUndo extends Command<'CompleteUndo', Subject & Tally> {
  readonly type = 'CompleteUndo'
}
export class FailUndo extends Command<'FailUndo', Subject & { readonly code: string; readonly detail: string }> {
  readonly type = 'FailUndo'
}
export type UndoCommand = RequestUndo | CancelUndo | ReportUndoConflicts | CompleteUndo | FailUndo

export type UndoState = 'unknown' | 'running' | 'ended'

const itself: Irrevertible = { never: 'An undo is taken back by taking back what it brought about.' }

/** Taking something back, which may be a long way. Once ended it stays so: an answer that comes late changes nothing. */
export const undo: Decider<UndoState, UndoCommand, UndoEvent> = {
  category: 'undo',
  streamId: ({ data: { undoId, personal } }) => (personal === undefined ? `undo-${undoId}` : `undo-${personal}.${undoId}`),
  initial: 'unknown',
  starts: ({ type }) => type === 'RequestUndo',

  decide({ type, data }, state) {
    if (type === 'RequestUndo')
      return state === 'unknown' ? [UndoRequested({ selection: data.selection, events: data.events })] : []
    if (state === 'unknown') throw new DomainError('undo-not-found')
    if (type === 'CancelUndo') {
      if (state === 'ended') throw new DomainError('undo-not-running')
      return [UndoCancelled({})]
    }
    if (state === 'ended') return []
    switch (type) {
      case 'ReportUndoConflicts':
        return data.conflicts.length > 0 ? [UndoConflictsFound({ conflicts: [...data.conflicts] })] : []
      case 'CompleteUndo':
        return [UndoCompleted({ reverted: data.reverted, unneeded: data.unneeded, conflicts: data.conflicts })]
      case 'FailUndo':
        return [UndoFailed({ code: data.code, detail: data.detail })]
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'UndoRequested':
        return 'running'
      case 'UndoCancelled':
      case 'UndoCompleted':
      case 'UndoFailed':
        return 'ended'
      default:
        return state
    }
  },

  reverts: {
    UndoRequested: itself,
    UndoCancelled: itself,
    UndoConflictsFound: itself,
    UndoCompleted: itself,
    UndoFailed: itself,
  },
}
