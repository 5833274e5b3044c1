import type { MediaInfo } from '@projectionist/shared/events/media'
import { describe, expect, it } from 'vitest'
import { deviceProfiles } from './device-profiles.js'
import { replayPlays, type RecordedPlay } from './replay-plays.js'

const video = { index: 0, codec: 'h264', profile: 'High', level: 41, width: 1920, height: 1080, bitDepth: 8 }
const aac = { index: 1, codec: 'aac', channels: 2, sampleRate: 48_000 }
const film = (container: string, audio: object = aac): MediaInfo => ({ container, durationMs: 6_000_000, video: [video], audio: [audio], subtitles: [] }) as MediaInfo
const play = (media: MediaInfo | undefined, was: RecordedPlay['was'] = 'direct'): RecordedPlay => ({
  itemId: '0f0f0f0f-0000-4000-8000-000000000001', title: 'Alien', at: '2026-01-01T00:00:00.000Z', device: 'Sofa', was, wasReasons: [],
  file: media && { name: 'Alien.mkv', media },
})

describe('plays replayed against another device', () => {
  it('counts what would have been, beside what was', () => {
    const plays = [play(film('mp4')), play(film('mp4'), 'transcode'), play(film('matroska'), 'remux'), play(film('matroska', { ...aac, codec: 'dts' }), 'transcode')]
    expect(replayPlays(plays, deviceProfiles.chrome)).toMatchObject({
      device: 'Chrome', plays: 4, unknown: 0,
      was: { direct: 1, remux: 1, transcode: 2 },
      wouldBe: { direct: 2, remux: 1, transcode: 1, impossible: 0 },
    })
  })
  it('puts plays together that the same things stand against, the most first', () => {
    const groups = replayPlays([play(film('matroska')), play(film('mp4')), play(film('mp4'))], deviceProfiles.chrome).groups
    expect(groups.map(({ wouldBe, reasons, plays }) => [wouldBe, reasons.map(({ code }) => code), plays.length])).toEqual([
      ['direct', [], 2],
      ['remux', ['container-not-supported'], 1],
    ])
  })
  it('does not tell files apart by their figures', () => {
    const fast = { ...deviceProfiles.chrome, maxBitRate: 1_000_000 }
    const plays = [play({ ...film('mp4'), bitRate: 8_000_000 }), play({ ...film('mp4'), bitRate: 9_000_000 })]
    expect(replayPlays(plays, fast).groups.map(({ plays: same }) => same.length)).toEqual([2])
  })
  it('leaves out what nothing is known of any more, and says so', () => {
    expect(replayPlays([play(undefined)], deviceProfiles.chrome)).toEqual({
      device: 'Chrome', plays: 0, unknown: 1, was: { direct: 0, remux: 0, transcode: 0 }, wouldBe: { direct: 0, remux: 0, transcode: 0, impossible: 0 }, groups: [],
    })
  })
})
