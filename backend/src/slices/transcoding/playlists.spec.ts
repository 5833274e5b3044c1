import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodedAudioCuts, encodedVideoCuts } from '../../platform/media/cut-list.js'
import { mediaPlaylist, multivariantPlaylist } from './playlists.js'

describe('playlists', () => {
  it('name the picture and its sound', () => {
    const text = multivariantPlaylist({
      peakBitRate: 8_000_000.2,
      averageBitRate: 6_000_000,
      video: { codec: 'avc1.640028', width: 1920, height: 800, frameRate: 24000 / 1001 },
      audio: { codec: 'mp4a.40.2', name: 'English "director"\n', language: 'en', channels: 2 },
    })
    expect(text.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English ’director’ ",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=8000001,AVERAGE-BANDWIDTH=6000000,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=1920x800,FRAME-RATE=23.976,AUDIO="sound"',
      'video.m3u8',
      '',
    ])
  })

  it('name sound alone', () => {
    const text = multivariantPlaylist({ peakBitRate: 192_000, averageBitRate: 192_000, video: null, audio: { codec: 'mp4a.40.2', name: 'Stereo', language: null, channels: 2 } })
    expect(text).toBe('#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:BANDWIDTH=192000,AVERAGE-BANDWIDTH=192000,CODECS="mp4a.40.2"\naudio.m3u8\n')
  })

  it('list every segment', () => {
    expect(mediaPlaylist('video', encodedVideoCuts(5000, { num: 25000, den: 1000 }), true).split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="video/init.mp4"',
      '#EXTINF:1.000000,',
      'video/0.m4s',
      '#EXTINF:2.000000,',
      'video/1.m4s',
      '#EXTINF:2.000000,',
      'video/2.m4s',
      '#EXT-X-ENDLIST',
      '',
    ])
  })

  it('sum up to the length of the media, within a frame', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 * 3600_000 }), ms => {
        const text = mediaPlaylist('audio', encodedAudioCuts(ms, 44_100, null), true)
        const sum = [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((total, match) => total + Number(match[1]), 0)
        const target = Number(/TARGETDURATION:(\d+)/.exec(text)![1])
        expect(Math.abs(sum - ms / 1000)).toBeLessThanOrEqual(1024 / 44_100 + 0.002)
        for (const [, seconds] of text.matchAll(/#EXTINF:([\d.]+)/g)) expect(Math.round(Number(seconds))).toBeLessThanOrEqual(target)
      }),
      { numRuns: 50 },
    )
  })
})
