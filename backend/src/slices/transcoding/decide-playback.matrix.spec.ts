import { readFileSync } from 'node:fs'
import { MediaInfo } from '@projectionist/shared/events/media'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decidePlayback, type PlaybackDecision } from './decide-playback.js'
import { deviceProfiles } from './device-profiles.js'

/** Every device known by name × media as people have them → how it plays, and why. Keyframes are known but in AVI and streams. */

const Matrix = z.object({ media: z.record(z.string(), MediaInfo), expected: z.record(z.string(), z.record(z.string(), z.string())) })
const { media, expected } = Matrix.parse(JSON.parse(readFileSync(new URL('decide-playback.matrix.json', import.meta.url), 'utf8')))

const withIndex = ['mp4', 'mov', 'matroska', 'webm']

/** `transcode: video h264 1920×1080, audio copy; video-codec-not-supported` */
function inWords({ method, video, audio, reasons }: PlaybackDecision): string {
  const parts = [
    video && `video ${video.action === 'copy' ? 'copy' : `${video.codec} ${video.width}×${video.height}`}`,
    audio && `audio ${audio.action === 'copy' ? 'copy' : `${audio.codec} ${audio.channels}`}`,
  ].filter(Boolean)
  const why = reasons.map(({ code }) => code).join(', ')
  return `${method}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${why ? `; ${why}` : ''}`
}

describe.each(Object.entries(deviceProfiles))('%s', (name, profile) => {
  it.each(Object.entries(media))('%s', (title, info) => {
    const decision = decidePlayback({ media: info, profile, keyframes: withIndex.includes(info.container) })
    expect(inWords(decision)).toBe(expected[title]?.[name])
  })
})
