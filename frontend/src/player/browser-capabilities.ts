import type { DeviceProfile } from '@projectionist/shared/api/playback'
import { deviceName } from '../lib/device.js'
import { deviceProfile, videoProbes, type Capabilities, type DecodeLimit } from './device-profile.js'

type MediaSourceClass = { isTypeSupported(mime: string): boolean }
const mediaSource = (): MediaSourceClass | undefined =>
  (globalThis as { ManagedMediaSource?: MediaSourceClass }).ManagedMediaSource ?? globalThis.MediaSource

/**
 * Whether HLS goes to the browser itself rather than to hls.js: in Apple's browsers, where it brings AirPlay, HDR and long
 * battery life, and where there are no Media Source Extensions. Others have lately learnt HLS too, but less well.
 */
export function playsHlsItself(): boolean {
  const element = document.createElement('video')
  if (element.canPlayType('application/vnd.apple.mpegurl') === '') return false
  return mediaSource() === undefined || navigator.vendor.startsWith('Apple')
}

const sizes = [
  [3840, 2160],
  [1920, 1080],
  [1280, 720],
] as const

/** The largest of a few sizes that decodes smoothly, and whether 60 pictures a second do up to 1080p; empty when nothing is in the way. */
async function decodeLimit(mime: string, native: boolean): Promise<DecodeLimit> {
  const smooth = async (width: number, height: number, framerate: number) => {
    const video = { contentType: mime, width, height, framerate, bitrate: Math.round(width * height * framerate * 0.06) }
    const answer = await navigator.mediaCapabilities.decodingInfo({ type: native ? 'file' : 'media-source', video })
    return answer.supported && answer.smooth
  }
  for (const [width, height] of sizes) {
    if (!(await smooth(width, height, 30))) continue
    const fast = await smooth(Math.min(width, 1920), Math.min(height, 1080), 60)
    return { ...(width < 3840 && { maxWidth: width, maxHeight: height }), ...(!fast && { maxFrameRate: 30 }) }
  }
  return {}
}

async function decodeLimits(can: (mime: string) => boolean, native: boolean): Promise<Record<string, DecodeLimit>> {
  if (!('mediaCapabilities' in navigator)) return {}
  const entries = videoProbes.map(async probe => {
    const mime = probe.names.map(name => `video/mp4; codecs="${name}"`).find(can)
    // Some browsers refuse questions about codecs they play; then there is no known limit.
    return [probe.codec, mime === undefined ? {} : await decodeLimit(mime, native).catch(() => ({}))] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function ask(): Promise<DeviceProfile> {
  const element = document.createElement('video')
  const native = playsHlsItself()
  const source = mediaSource()
  const playsFile = (mime: string) => element.canPlayType(mime) !== ''
  const playsStream = (mime: string) =>
    native || source === undefined ? native && playsFile(mime) : source.isTypeSupported(mime)
  const capabilities: Capabilities = {
    name: deviceName(navigator.userAgent),
    playsFile,
    playsStream,
    hdrScreen: matchMedia('(dynamic-range: high)').matches || matchMedia('(video-dynamic-range: high)').matches,
    limits: await decodeLimits(playsStream, native),
  }
  return deviceProfile(capabilities)
}

let known: Promise<DeviceProfile> | undefined
/** This browser's profile; asked once a page. A window moved to another screen is asked again. */
export function browserProfile(): Promise<DeviceProfile> {
  if (known === undefined) {
    known = ask()
    matchMedia('(dynamic-range: high)').addEventListener('change', () => (known = undefined), { once: true })
  }
  return known
}
