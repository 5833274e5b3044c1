import { expect, it } from 'vitest'
import { waitingWords } from './waiting-words.js'

const converted = {
  method: 'transcode' as const,
  sends: { video: 'H.264 1080p', audio: 'AAC stereo' },
  original: { video: 'HEVC 4K', audio: 'DTS 5.1', container: 'matroska', bitRate: null },
}

it('says what is converted to what before the first picture', () => {
  expect(waitingWords({ for: 'first-picture' }, converted, 0, null)).toEqual({
    title: 'The server converts the first seconds',
    detail: 'HEVC 4K → H.264 1080p',
  })
  expect(
    waitingWords({ for: 'first-picture' }, { ...converted, sends: { video: 'HEVC 4K', audio: 'AAC stereo' } }, 0, null).detail,
  ).toBe('DTS 5.1 → AAC stereo')
  expect(waitingWords({ for: 'first-picture' }, { ...converted, method: 'direct' }, 0, null).title).toBe('Opening the file')
  expect(waitingWords({ for: 'first-picture' }, converted, 38_000, null).title).toBe('The server starts to convert at 0:38')
  expect(waitingWords({ for: 'first-picture' }, { ...converted, method: 'remux' }, 38_000, null).title).toBe(
    'The server starts to repackage at 0:38',
  )
})

it('says where a seek goes and how often it has tried', () => {
  expect(waitingWords({ for: 'seek', toMs: 3_723_000 }, null, 0, null)).toEqual({ title: 'Going to 1:02:03', detail: null })
  expect(waitingWords({ for: 'retry', attempt: 2, of: 6, after: 'network' }, null, 0, null).detail).toBe('Trying again, 2 of 6')
})

it('blames the network when there is none, and the server when that is it', () => {
  expect(waitingWords({ for: 'seek', toMs: 1 }, null, 0, 'offline').title).toBe('No network')
  expect(waitingWords({ for: 'data' }, { ...converted, method: 'direct' }, 21_000, 'server')).toEqual({
    title: 'The server does not answer',
    detail: 'It goes on by itself as soon as it is back.',
  })
  expect(waitingWords({ for: 'retry', attempt: 1, of: 3, after: 'no-worker' }, null, 0, null).title).toBe(
    'The server is busy converting for others',
  )
})
