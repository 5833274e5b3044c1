import { TranscodeEnded, type TranscodeEvent, TranscodeFailed, TranscodeStarted } from '@projectionist/shared/events/transcode'
import { Command, type Decider, type Irrevertible } from '../../platform/eventing/decider.js'

type DataOf<Type extends TranscodeEvent['type']> = Extract<TranscodeEvent, { type: Type }>['data']
/** What every event of a session says of it. */
type Whose = Partial<Pick<DataOf<'TranscodeStarted'>, 'itemId' | 'userId' | 'playId'>>
interface Subject {
  readonly sessionId: string
}

export class BeginTranscode extends Command<'BeginTranscode', Subject & DataOf<'TranscodeStarted'>> {
  readonly type = 'BeginTranscode'
}
export class EndTranscode extends Command<'EndTranscode', Subject & Omit<DataOf<'TranscodeEnded'>, keyof Whose>> {
  readonly type = 'EndTranscode'
}
export class FailTranscode extends Command<'FailTranscode', Subject & Omit<DataOf<'TranscodeFailed'>, keyof Whose>> {
  readonly type = 'FailTranscode'
}
export type TranscodeCommand = BeginTranscode | EndTranscode | FailTranscode

export interface TranscodeState {
  readonly running: boolean
  readonly whose: Whose
  /** Codes of failures told already: a player that asks again and again says nothing new. */
  readonly failures: ReadonlySet<string>
}

const shown: Irrevertible = { never: 'It says how a film was prepared for a screen; that cannot be unseen.' }

/** The life of a playback session that is converted: what was made of what, for whom, why, and how it went. */
export const transcode: Decider<TranscodeState, TranscodeCommand, TranscodeEvent> = {
  category: 'transcode',
  streamId: ({ data }) => `transcode-${data.sessionId}`,
  initial: { running: false, whose: {}, failures: new Set() },
  starts: ({ type }) => type === 'BeginTranscode',

  decide({ type, data }, { running, whose, failures }) {
    switch (type) {
      case 'BeginTranscode': {
        const { itemId, fileId, userId, method, reasons, video, audio, playId } = data
        return running ? [] : [TranscodeStarted({ itemId, fileId, userId, method, reasons, video, audio, ...(playId !== undefined && { playId }) })]
      }
      case 'EndTranscode':
        return running ? [TranscodeEnded({ cause: data.cause, segments: data.segments, ...(data.cpuMs !== undefined && { cpuMs: data.cpuMs }), ...whose })] : []
      case 'FailTranscode':
        return running && !failures.has(data.code) ? [TranscodeFailed({ code: data.code, detail: data.detail, ...whose })] : []
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'TranscodeStarted':
        return { ...state, running: true, whose: whoseOf(event.data) }
      case 'TranscodeEnded':
        return { ...state, running: false }
      case 'TranscodeFailed':
        return { ...state, failures: new Set([...state.failures, event.data.code]) }
      default:
        return state
    }
  },

  reverts: { TranscodeStarted: shown, TranscodeEnded: shown, TranscodeFailed: shown },
}

const whoseOf = ({ itemId, userId, playId }: DataOf<'TranscodeStarted'>): Whose => ({ itemId, userId, ...(playId !== undefined && { playId }) })
