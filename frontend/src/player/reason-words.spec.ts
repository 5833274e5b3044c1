import { PlaybackReason } from '@projectionist/shared/api/playback'
import { describe, expect, it } from 'vitest'
import { formatName, reasonWords, wordedCodes } from './reason-words.js'

const codes = PlaybackReason.shape.code.options

describe('words for why something is converted', () => {
  it('has words for every code, and for no other', () => {
    expect([...wordedCodes].toSorted()).toEqual([...codes].toSorted())
  })

  it.each(codes)('%s is a sentence with and without its detail', code => {
    for (const detail of [undefined, 'hevc', '8000000 > 4000000', '']) {
      const sentence = reasonWords({ subject: 'video', code, ...(detail !== undefined && { detail }) })
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(sentence).not.toMatch(/undefined|null|NaN| {2}/)
    }
  })

  it('says what does not fit and the limit', () => {
    expect(reasonWords({ subject: 'video', code: 'video-codec-not-supported', detail: 'hevc' })).toBe(
      'This device does not play HEVC video.',
    )
    expect(reasonWords({ subject: 'session', code: 'bit-rate-too-high', detail: '18250000 > 4000000' })).toBe(
      'The file needs 18.3 Mb/s; the limit here is 4 Mb/s.',
    )
    expect(reasonWords({ subject: 'audio', code: 'audio-channels-not-supported', detail: '8 > 6' })).toBe(
      'The sound has 8 channels; the limit here is 6.',
    )
    expect(reasonWords({ subject: 'video', code: 'video-resolution-not-supported', detail: '3840x2160 > 1920x1080' })).toBe(
      'The picture is 3840 × 2160; the limit here is 1920 × 1080.',
    )
  })

  it('calls formats as people do, and unknown ones by their own name', () => {
    expect([formatName('eac3'), formatName('MATROSKA'), formatName('cinepak')]).toEqual([
      'Dolby Digital Plus',
      'Matroska (MKV)',
      'CINEPAK',
    ])
  })
})
