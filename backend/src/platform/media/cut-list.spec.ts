import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copiedAudioCuts, copiedVideoCuts, encodedAudioCuts, encodedVideoCuts, segmentSeconds } from './cut-list.js'

const rate = fc.constantFrom({ num: 24000, den: 1001 }, { num: 25000, den: 1000 }, { num: 30000, den: 1001 }, { num: 60000, den: 1001 }, { num: 60000, den: 1000 })
const duration = fc.integer({ min: 1, max: 12 * 3600_000 })
const ascends = (times: readonly number[]) => times.every((time, index) => index === 0 || time > times[index - 1]!)
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

describe('cut lists', () => {
  it('start short and go on with two seconds', () => {
    expect(segmentSeconds(encodedVideoCuts(20_000, { num: 25000, den: 1000 }))).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1])
  })

  it('cut on whole pictures', () => {
    const { timescale, times } = encodedVideoCuts(10_000, { num: 24000, den: 1001 })
    expect(timescale).toBe(24000)
    expect(times).toEqual([0, 24, 72, 120, 168, 216, 240].map(picture => picture * 1001))
  })

  it('group keyframes to three seconds and more', () => {
    expect(segmentSeconds(copiedVideoCuts(12_000, [0, 1, 2, 4, 5, 8, 11.95]))).toEqual([4, 4, 4])
  })

  it('give a very short file one segment', () => {
    expect(segmentSeconds(encodedVideoCuts(1, { num: 25000, den: 1000 }))).toEqual([0.04])
    expect(encodedAudioCuts(1, 48000, null).times).toEqual([0, 1024])
    expect(copiedVideoCuts(1, []).times).toEqual([0, 90])
  })

  it('span the whole duration, to a picture or an audio frame', () => {
    fc.assert(
      fc.property(duration, rate, (ms, frameRate) => {
        const video = encodedVideoCuts(ms, frameRate)
        const audio = encodedAudioCuts(ms, 48000, video)
        expect(ascends(video.times) && ascends(audio.times)).toBe(true)
        expect(Math.abs(sum(segmentSeconds(video)) - ms / 1000)).toBeLessThanOrEqual(frameRate.den / frameRate.num)
        expect(Math.abs(sum(segmentSeconds(audio)) - ms / 1000)).toBeLessThanOrEqual(1024 / 48000)
      }),
      { numRuns: 50 },
    )
  })

  it('span the whole duration of what is copied, wherever keyframes are', () => {
    const keyframes = fc.array(fc.float({ min: 0, max: 7200, noNaN: true }), { maxLength: 200 }).map(times => [...times].sort((a, b) => a - b))
    fc.assert(
      fc.property(duration, keyframes, (ms, times) => {
        const video = copiedVideoCuts(ms, times)
        expect(ascends(video.times) && ascends(copiedAudioCuts(ms, video).times)).toBe(true)
        expect(sum(segmentSeconds(video))).toBeCloseTo(ms / 1000, 3)
      }),
    )
  })
})
