import { describe, expect, test } from 'vitest'
import { audioLabel, languageName, resolutionName, subtitleLabel, versionLabel } from './media-words.js'

describe('languages', () => {
  test.each([
    ['en', 'English'],
    ['eng', 'English'],
    ['ger', 'German'],
    ['deu', 'German'],
    ['fre', 'French'],
    ['pt-BR', 'Brazilian Portuguese'],
  ])('%s is %s', (code, name) => expect(languageName(code, 'en')).toBe(name))
  test.each([undefined, null, '', 'und', 'zxx'])('%s is none', code => expect(languageName(code, 'en')).toBeNull())
  test.each(['!!', 'xyzzyplugh'])('%s, which is no language, stays as it is', code => expect(languageName(code, 'en')).toBe(code))
})

test('audio goes by language, title and format', () => {
  const stream = {
    index: 1,
    codec: 'truehd',
    profile: 'Dolby TrueHD + Dolby Atmos',
    channels: 8,
    sampleRate: 48000,
    language: 'eng',
  }
  expect(audioLabel(stream)).toBe('English · TrueHD Atmos 7.1')
  expect(audioLabel({ index: 1, codec: 'ac3', channels: 6, sampleRate: 48000, title: 'Commentary' })).toBe(
    'Commentary · Dolby Digital 5.1',
  )
})

test('subtitles say when they are forced or for the hard of hearing', () => {
  const stream = { index: 1, codec: 'subrip', form: 'text' as const }
  expect(subtitleLabel({ ...stream, language: 'de', forced: true })).toBe('German · forced')
  expect(subtitleLabel({ ...stream, hearingImpaired: true })).toBe('Unknown language · for the hard of hearing')
})

test('a cropped 4K film is 4K still', () => {
  expect(resolutionName({ width: 3840, height: 1600 })).toBe('4K')
  expect(resolutionName({ width: 1920, height: 800 })).toBe('1080p')
  expect(resolutionName({ width: 720, height: 576 })).toBe('576p')
})

test('a version is told by its edition, picture and format', () => {
  const media = {
    container: 'matroska',
    audio: [],
    subtitles: [],
    video: [{ index: 0, codec: 'hevc', width: 3840, height: 2160, range: 'hdr10' as const }],
  }
  expect(versionLabel(media, 'Director’s Cut')).toBe('Director’s Cut · 4K HDR10 · HEVC · Matroska')
})
