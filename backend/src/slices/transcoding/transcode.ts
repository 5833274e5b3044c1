import { TranscodeEnded, type TranscodeEvent, TranscodeFailed, TranscodeStarted } from '@projectionist/shared/events/transcode'
import { Command, type Decider } from '../../platform/eventing/decider.js'

type DataOf<Type extends TranscodeEvent['type']> = Extract<TranscodeEvent, { type: Type }>['data']
interface Subject {
  readonly sessionId: string
}

export class BeginTranscode extends Command<'BeginTranscode', Subject & DataOf<'TranscodeStarted'>> {
  readonly type = 'BeginTranscode'
}
export class EndTranscode extends Command<'EndTranscode', Subject & DataOf<'TranscodeEnded'>> {
  readonly type = 'EndTranscode'
}
export class FailTranscode extends Command<'FailTranscode', Subject & DataOf<'TranscodeFailed'>> {
  readonly type = 'FailTranscode'
}
export type TranscodeCommand = BeginTranscode | EndTranscode | FailTranscode

export interface TranscodeState {
  readonly running: boolean
  /** Codes of failures told already: a player that asks again and again says nothing new. */
  readonly failures: ReadonlySet<string>
}

/** The life of a playback session that is converted: what was made of what, for whom, why, and how it went. */
export const transcode: Decider<TranscodeState, TranscodeCommand, TranscodeEvent> = {
  category: 'transcode',
  streamId: ({ data }) => `transcode-${data.sessionId}`,
  initial: { running: false, failures: new Set() },
  starts: ({ type }) => type === 'BeginTranscode',

  decide({ type, data }, { running, failures }) {
    switch (type) {
      case 'BeginTranscode': {
        const { itemId, fileId, userId, method, reasons, video, audio } = data
        return running ? [] : [TranscodeStarted({ itemId, fileId, userId, method, reasons, video, audio })]
      }
      case 'EndTranscode':
        return running ? [TranscodeEnded({ cause: data.cause, segments: data.segments, ...(data.cpuMs !== undefined && { cpuMs: data.cpuMs }) })] : []
      case 'FailTranscode':
        return running && !failures.has(data.code) ? [TranscodeFailed({ code: data.code, detail: data.detail })] : []
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'TranscodeStarted':
        return { ...state, running: true }
      case 'TranscodeEnded':
        return { ...state, running: false }
      case 'TranscodeFailed':
        return { ...state, failures: new Set([...state.failures, event.data.code]) }
      default:
        return state
    }
  },
}
