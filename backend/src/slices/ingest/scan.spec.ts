import { ScanCancelled, ScanCompleted, ScanPaused, ScanProblemsFound, ScanResumed, ScanStarted } from '@projectionist/shared/events/scan'
import { describe, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { ChangeScan, CompleteScan, FailScan, ReportScanProblems, scan, StartScan } from './scan.js'

const scanId = '05050505-0000-4000-8000-000000000001'
const libraryId = '01010101-0000-4000-8000-000000000001'
const counts = { found: 3, added: 2, changed: 0, moved: 0, removed: 0, failed: 1 }
const started = ScanStarted({ libraryId, cause: 'requested' })
const start = new StartScan({ scanId, libraryId, cause: 'requested' }, by)
const change = (action: 'pause' | 'resume' | 'cancel') => new ChangeScan({ scanId, action }, by)
const complete = new CompleteScan({ scanId, counts }, by)
const problem = { rootId: libraryId, relative: 'a.mkv', code: 'empty' as const }

describe('scan', () => {
  it('starts once', () => {
    given(scan, []).when(start).then(started)
    given(scan, [started]).when(start).then()
  })
  it('is paused, resumed and cancelled', () => {
    given(scan, [started]).when(change('pause')).then(ScanPaused({}))
    given(scan, [started, ScanPaused({})]).when(change('pause')).then()
    given(scan, [started, ScanPaused({})]).when(change('resume')).then(ScanResumed({}))
    given(scan, [started]).when(change('resume')).then()
    given(scan, [started, ScanPaused({})]).when(change('cancel')).then(ScanCancelled({}))
  })
  it('ends once, whatever comes late', () => {
    given(scan, [started]).when(complete).then(ScanCompleted(counts))
    given(scan, [started, ScanCancelled({})]).when(complete).then()
    given(scan, [started, ScanCompleted(counts)]).when(new FailScan({ scanId, code: 'x', detail: 'x' }, by)).then()
    given(scan, [started, ScanCompleted(counts)]).when(change('cancel')).refuses('scan-not-running')
  })
  it('tells of files that could not be taken in', () => {
    given(scan, [started]).when(new ReportScanProblems({ scanId, problems: [problem] }, by)).then(ScanProblemsFound({ problems: [problem] }))
    given(scan, [started]).when(new ReportScanProblems({ scanId, problems: [] }, by)).then()
  })
  it('cannot be changed before it is there', () => {
    given(scan, []).when(change('pause')).refuses('scan-not-found')
  })
})
