import { expect, it } from 'vitest'
import { waitingWords } from './waiting-words.js'

const converted = {
  method: 'transcode' as const,
  sends: { video: 'H.264 1080p', audio: 'AAC stereo' },
  original: { video: 'HEVC 4K', audio: 'DTS 5.1', container: 'matroska', bitRate: null },
}

it('says what is converted to what before the first picture', () => {
  expect(waitingWords({ for: 'first-picture' }, converted, true)).toEqual({
    title: 'The server converts the first seconds',
    detail: 'HEVC 4K → H.264 1080p',
  })
  expect(
    waitingWords({ for: 'first-picture' }, { ...converted, sends: { video: 'HEVC 4K', audio: 'AAC stereo' } }, true).detail,
  ).toBe('DTS 5.1 → AAC stereo')
  expect(waitingWords({ for: 'first-picture' }, { ...converted, method: 'direct' }, true).title).toBe('Opening the file')
})

it('says where a seek goes and how often it has tried', () => {
  expect(waitingWords({ for: 'seek', toMs: 3_723_000 }, null, true)).toEqual({ title: 'Going to 1:02:03', detail: null })
  expect(waitingWords({ for: 'retry', attempt: 2, of: 6, after: 'network' }, null, true).detail).toBe('Trying again, 2 of 6')
})

it('blames the network when there is none, and the server when that is it', () => {
  expect(waitingWords({ for: 'seek', toMs: 1 }, null, false).title).toBe('No network')
  expect(waitingWords({ for: 'retry', attempt: 1, of: 3, after: 'no-worker' }, null, true).title).toBe(
    'The server is busy converting for others',
  )
})
