import { UndoCancelled, UndoCompleted, UndoConflictsFound, UndoFailed, UndoRequested } from '@projectionist/shared/events/undo'
import { describe, expect, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { CancelUndo, CompleteUndo, FailUndo, ReportUndoConflicts, RequestUndo, undo } from './undo.js'

const undoId = '05050505-0000-4000-8000-000000000001'
const person = '06060606-0000-4000-8000-000000000001'
const subject = { undoId, personal: undefined }
const selection = { of: 'cause' as const, correlationId: undoId }
const requested = UndoRequested({ selection, events: 3 })
const tally = { reverted: 2, unneeded: 0, conflicts: 1 }
const conflict = { streamId: 'item-x', eventId: undoId, type: 'MetadataEdited', why: 'The same was edited again since.' }

describe('an undo', () => {
  it('is asked for once, and ends once', () => {
    const request = new RequestUndo({ ...subject, selection, events: 3 }, by)
    given(undo, []).when(request).then(requested)
    given(undo, [requested]).when(request).then()
    given(undo, [requested])
      .when(new ReportUndoConflicts({ ...subject, conflicts: [conflict] }, by))
      .then(UndoConflictsFound({ conflicts: [conflict] }))
    given(undo, [requested])
      .when(new ReportUndoConflicts({ ...subject, conflicts: [] }, by))
      .then()
    given(undo, [requested])
      .when(new CompleteUndo({ ...subject, ...tally }, by))
      .then(UndoCompleted(tally))
    given(undo, [requested])
      .when(new FailUndo({ ...subject, code: 'broken-off', detail: 'x' }, by))
      .then(UndoFailed({ code: 'broken-off', detail: 'x' }))
    given(undo, [requested, UndoCompleted(tally)])
      .when(new FailUndo({ ...subject, code: 'broken-off', detail: 'x' }, by))
      .then()
    given(undo, [])
      .when(new CompleteUndo({ ...subject, ...tally }, by))
      .refuses('undo-not-found')
  })
  it('is cancelled while it runs', () => {
    const cancel = new CancelUndo(subject, by)
    given(undo, [requested]).when(cancel).then(UndoCancelled({}))
    given(undo, [requested, UndoCancelled({})])
      .when(cancel)
      .refuses('undo-not-running')
    given(undo, [requested, UndoCancelled({})])
      .when(new CompleteUndo({ ...subject, ...tally }, by))
      .then()
    given(undo, []).when(cancel).refuses('undo-not-found')
  })
  it('of what somebody played stands in a stream that is theirs', () => {
    expect(undo.streamId(new CancelUndo(subject, by))).toBe(`undo-${undoId}`)
    expect(undo.streamId(new CancelUndo({ undoId, personal: person }, by))).toBe(`undo-${person}.${undoId}`)
  })
})
