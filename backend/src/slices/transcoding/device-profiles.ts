import type { DeviceProfile, ProfileName } from '@projectionist/shared/api/playback'
import type { z } from 'zod'

/** Devices known by name: what each plays without asking it. A player that can ask its browser sends a profile of its own. */

const pcm = ['pcm_s16le', 'pcm_u8', 'pcm_s24le', 'pcm_f32le']
const h264 = {
  codec: 'h264',
  profiles: ['Constrained Baseline', 'Baseline', 'Main', 'High', 'Constrained High', 'Progressive High'],
  maxLevel: 52,
  maxBitDepth: 8,
  ranges: ['sdr' as const],
}
const hevc = { codec: 'hevc', profiles: ['Main', 'Main 10'], maxLevel: 153, maxBitDepth: 10 }
const sounds = (...codecs: string[]) => codecs.map(codec => ({ codec }))
const audioFiles = (...entries: [container: string, ...codecs: string[]][]) =>
  entries.map(([container, ...audio]) => ({ container, video: [], audio }))

const chrome: DeviceProfile = {
  name: 'Chrome',
  direct: [
    { container: 'mp4', video: ['h264', 'vp9', 'av1'], audio: ['aac', 'mp3', 'opus', 'flac'] },
    { container: 'webm', video: ['vp8', 'vp9', 'av1'], audio: ['opus', 'vorbis'] },
    ...audioFiles(['mp3', 'mp3'], ['flac', 'flac'], ['ogg', 'opus', 'vorbis', 'flac'], ['aac', 'aac'], ['wav', ...pcm]),
  ],
  hls: { video: ['h264', 'vp9', 'av1'], audio: ['aac', 'opus', 'flac'] },
  video: [h264, { codec: 'vp8' }, { codec: 'vp9', maxBitDepth: 10, ranges: ['sdr'] }, { codec: 'av1', maxBitDepth: 10, ranges: ['sdr'] }],
  audio: sounds('aac', 'mp3', 'opus', 'flac', 'vorbis', ...pcm),
  subtitles: ['webvtt'],
  switchesAudio: false,
}

const firefox: DeviceProfile = { ...chrome, name: 'Firefox' }

/** Edge on Windows, where the system's decoders are used: HEVC with the extension from the shop, AC-3 and E-AC-3. */
const edge: DeviceProfile = {
  ...chrome,
  name: 'Edge',
  direct: chrome.direct.map(entry =>
    entry.container === 'mp4' ? { ...entry, video: [...entry.video, 'hevc'], audio: [...entry.audio, 'ac3', 'eac3'] } : entry,
  ),
  hls: { video: [...chrome.hls.video, 'hevc'], audio: [...chrome.hls.audio, 'ac3', 'eac3'] },
  video: [...chrome.video, { ...hevc, ranges: ['sdr'] }],
  audio: [...chrome.audio, ...sounds('ac3', 'eac3')],
}

const safari: DeviceProfile = {
  name: 'Safari',
  direct: [
    { container: 'mp4', video: ['h264', 'hevc'], audio: ['aac', 'mp3', 'alac', 'ac3', 'eac3', 'flac'] },
    { container: 'mov', video: ['h264', 'hevc'], audio: ['aac', 'mp3', 'alac', 'ac3', 'eac3', ...pcm] },
    ...audioFiles(['mp3', 'mp3'], ['flac', 'flac'], ['aac', 'aac'], ['wav', ...pcm], ['caf', 'alac', 'aac']),
  ],
  hls: { video: ['h264', 'hevc'], audio: ['aac', 'ac3', 'eac3', 'flac'] },
  video: [h264, { ...hevc, ranges: ['sdr', 'hdr10', 'hlg'] }],
  audio: sounds('aac', 'mp3', 'alac', 'ac3', 'eac3', 'flac', ...pcm),
  subtitles: ['webvtt'],
  switchesAudio: true,
}

export const deviceProfiles: Readonly<Record<z.infer<typeof ProfileName>, DeviceProfile>> = { chrome, firefox, safari, edge }
