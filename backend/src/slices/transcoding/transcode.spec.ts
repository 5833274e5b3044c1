import { TranscodeEnded, TranscodeFailed, TranscodeStarted } from '@projectionist/shared/events/transcode'
import { describe, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { BeginTranscode, EndTranscode, FailTranscode, transcode } from './transcode.js'

const sessionId = '11111111-1111-4111-8111-111111111111'
const facts = {
  itemId: '22222222-2222-4222-8222-222222222222', fileId: '33333333-3333-4333-8333-333333333333', userId: '44444444-4444-4444-8444-444444444444',
  method: 'transcode' as const, reasons: ['video-codec-not-supported'], video: 'H.264 1080p', audio: 'AAC stereo',
}
const whose = { itemId: facts.itemId, userId: facts.userId }
const started = TranscodeStarted(facts)

describe('transcode', () => {
  it('starts once', () => {
    given(transcode, []).when(new BeginTranscode({ sessionId, ...facts }, by)).then(started)
    given(transcode, [started]).when(new BeginTranscode({ sessionId, ...facts }, by)).then()
  })

  it('ends once', () => {
    const end = new EndTranscode({ sessionId, cause: 'stopped', segments: 12 }, by)
    given(transcode, [started]).when(end).then(TranscodeEnded({ cause: 'stopped', segments: 12, ...whose }))
    given(transcode, [started, TranscodeEnded({ cause: 'silent', segments: 3 })]).when(end).then()
    given(transcode, []).when(end).then()
  })

  it('tells each kind of failure once', () => {
    const fail = (code: string) => new FailTranscode({ sessionId, code, detail: 'words' }, by)
    const failed = TranscodeFailed({ code: 'ffmpeg-died', detail: 'words', ...whose })
    given(transcode, [started]).when(fail('ffmpeg-died')).then(failed)
    given(transcode, [started, failed]).when(fail('ffmpeg-died')).then()
    given(transcode, [started, failed]).when(fail('disk-full')).then(TranscodeFailed({ code: 'disk-full', detail: 'words', ...whose }))
  })
})
