import type { ScanCounts, ScanEvent, ScanProblem } from '@projectionist/shared/events/scan'
import { ScanCancelled, ScanCompleted, ScanFailed, ScanPaused, ScanProblemsFound, ScanResumed, ScanStarted } from '@projectionist/shared/events/scan'
import { Command, DomainError, type Decider, type Irrevertible } from '../../platform/eventing/decider.js'

type Started = Extract<ScanEvent, { type: 'ScanStarted' }>['data']

export class StartScan extends Command<'StartScan', { scanId: string } & Started> {
  readonly type = 'StartScan'
}
export class ChangeScan extends Command<'ChangeScan', { scanId: string; action: 'pause' | 'resume' | 'cancel' }> {
  readonly type = 'ChangeScan'
}
export class ReportScanProblems extends Command<'ReportScanProblems', { scanId: string; problems: ScanProblem[] }> {
  readonly type = 'ReportScanProblems'
}
export class CompleteScan extends Command<'CompleteScan', { scanId: string; counts: ScanCounts }> {
  readonly type = 'CompleteScan'
}
export class FailScan extends Command<'FailScan', { scanId: string; code: string; detail: string }> {
  readonly type = 'FailScan'
}
export type ScanCommand = StartScan | ChangeScan | ReportScanProblems | CompleteScan | FailScan

export type ScanState = 'not-started' | 'running' | 'paused' | 'ended'

const happened: Irrevertible = { never: 'That a scan ran stays true. What it did to the library can be taken back.' }

/** One look through a library's folders. Once ended it stays so: an answer that comes late changes nothing. */
export const scan: Decider<ScanState, ScanCommand, ScanEvent> = {
  category: 'scan',
  streamId: ({ data }) => `scan-${data.scanId}`,
  initial: 'not-started',
  starts: ({ type }) => type === 'StartScan',

  decide({ type, data }, state) {
    if (type === 'StartScan') return state === 'not-started' ? [ScanStarted({ libraryId: data.libraryId, cause: data.cause })] : []
    if (state === 'not-started') throw new DomainError('scan-not-found')
    if (type === 'ChangeScan') {
      if (state === 'ended') throw new DomainError('scan-not-running')
      if (data.action === 'cancel') return [ScanCancelled({})]
      if (data.action === 'pause') return state === 'running' ? [ScanPaused({})] : []
      return state === 'paused' ? [ScanResumed({})] : []
    }
    if (state === 'ended') return []
    switch (type) {
      case 'ReportScanProblems':
        return data.problems.length > 0 ? [ScanProblemsFound({ problems: data.problems })] : []
      case 'CompleteScan':
        return [ScanCompleted(data.counts)]
      case 'FailScan':
        return [ScanFailed({ code: data.code, detail: data.detail })]
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ScanStarted':
      case 'ScanResumed':
        return 'running'
      case 'ScanPaused':
        return 'paused'
      case 'ScanCancelled':
      case 'ScanCompleted':
      case 'ScanFailed':
        return 'ended'
      default:
        return state
    }
  },

  reverts: {
    ScanStarted: happened,
    ScanPaused: happened,
    ScanResumed: happened,
    ScanCancelled: happened,
    ScanProblemsFound: happened,
    ScanCompleted: happened,
    ScanFailed: happened,
  },
}
