import type { PlaybackSession } from '@projectionist/shared/api/playback'
import { describe, expect, it } from 'vitest'
import { cycle, slower, subtitleRow } from './player-state.js'

const session = (quality: string) =>
  ({
    quality,
    original: { video: null, audio: null, container: 'matroska', bitRate: 20_000_000 },
    qualities: [
      { id: 'original', label: 'Original', height: null, bitRate: null },
      { id: '1080-8', label: '1080p', height: 1080, bitRate: 8_000_000 },
      { id: '720-4', label: '720p', height: 720, bitRate: 4_000_000 },
      { id: '480-1', label: '480p', height: 480, bitRate: 1_500_000 },
    ],
  }) as unknown as PlaybackSession

describe('a slower quality', () => {
  it.each([
    ['original', '1080-8'],
    ['1080-8', '720-4'],
    ['720-4', '480-1'],
    ['480-1', undefined],
  ])('after %s is %s', (now, next) => expect(slower(session(now))?.id).toBe(next))
})

it('cycles through a row and starts over', () => {
  expect([cycle([-1, 3, 4], -1), cycle([-1, 3, 4], 4), cycle([-1, 3], 9), cycle([], 1)]).toEqual([3, -1, -1, undefined])
})

describe('subtitles in turn', () => {
  const film = {
    audio: [{ index: 1, language: 'en', selected: true }],
    subtitles: [
      { index: 2, language: 'ar' },
      { index: 3, language: 'en' },
      { index: 4, language: null },
      { index: 5, language: 'de-AT' },
    ],
  } as unknown as PlaybackSession
  it.each([
    [
      ['de-DE', 'fr'],
      [-1, 5, 3, 2, 4],
    ],
    [['en-GB'], [-1, 3, 2, 4, 5]],
    [[], [-1, 3, 2, 4, 5]],
    [['x'], [-1, 3, 2, 4, 5]],
  ])('for a person who reads %j', (languages, row) => expect(subtitleRow(film, languages)).toEqual(row))
  it('are none without a session', () => expect(subtitleRow(null, ['de'])).toEqual([-1]))
})
