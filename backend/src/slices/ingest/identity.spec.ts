import { Metadata } from '@projectionist/shared/events/media'
import { describe, expect, it } from 'vitest'
import { externalSubtitles } from './external-subtitles.js'
import { workIn, type Naming } from './identity.js'

const fileId = '0f0f0f0f-0000-4000-8000-000000000001'
const work = (kind: Naming['kind'], path: string, tags: Metadata = {}, type: Naming['type'] = kind === 'music' ? 'audio' : 'video') => workIn({ kind, path, type, tags, fileId })

describe('works', () => {
  it.each([
    ['films', 'Heat (1995)/Heat (1995).mkv', 'Heat.1995.2160p.mkv', true],
    ['films', 'Heat (1995).mkv', 'Heat (1986).mkv', false],
    ['films', 'Heat {tmdb-949}.mkv', 'La sfida [tmdbid=949].mkv', true],
    ['shows', 'Dark/Season 1/Dark - S01E02.mkv', 'dark.s01e02.1080p.mkv', true],
    ['shows', 'Dark/Season 1/Dark - S01E02.mkv', 'Dark/Season 1/Dark - S01E02-E03.mkv', false],
    ['shows', 'News/2021/News 2021-03-04.mkv', 'News 04.03.2021.mkv', true],
    ['music', 'Björk/Homogenic/01 - Hunter.flac', 'Bjork - Homogenic (1997)/01. Hunter.mp3', true],
    ['music', 'Björk/Homogenic/01 - Hunter.flac', 'Björk/Homogenic/CD2/01 - Hunter.flac', false],
    ['music', 'A/B/Untitled.flac', 'A/B/Untitled 2.flac', false],
  ] as const)('%s: %s and %s', (kind, a, b, same) => {
    expect(work(kind, a).key === work(kind, b).key).toBe(same)
  })

  it('have groups, from the outside inwards', () => {
    expect(work('shows', 'Doctor Who (2005) {tvdb-78804}/Specials/Doctor Who S00E01.mkv').groups).toEqual([
      { kind: 'series', key: 'series:tvdb:78804', metadata: { title: 'Doctor Who', year: 2005, externalIds: { tvdb: '78804' } } },
      { kind: 'season', key: 'season:series:tvdb:78804:s0', metadata: { title: 'Specials', seasonNumber: 0 } },
    ])
    expect(work('films', 'Heat.mkv').groups).toEqual([])
  })

  it.each(['Various Artists', 'VA', 'Compilations'])('of a collection are one album by many: in %s', folder => {
    const [one, other] = ['Ada', 'Bo'].map((artist, index) => work('music', `${folder}/Summer/0${index + 1} Song.mp3`, { artist, album: 'Summer', title: 'Song' }))
    expect([one, other].map(track => track!.groups.map(({ key }) => key))).toEqual(Array(2).fill(['artist:variousartists', 'album:variousartists:summer']))
    expect([one, other].map(track => track!.metadata.artist)).toEqual(['Ada', 'Bo'])
  })

  it('of music go by their tags', () => {
    const tags = {
      title: 'Hunter', artist: 'Björk feat. Nobody', album: 'Homogenic', trackNumber: 1, discNumber: 1, year: 1997, genres: ['Electronic'],
      externalIds: { musicbrainz: 'r', musicbrainzAlbum: 'a', musicbrainzArtist: 'b' },
    }
    const { metadata, groups, key } = work('music', 'x/y/z.mp3', tags)
    expect(metadata).toMatchObject({ title: 'Hunter', artist: 'Björk feat. Nobody', albumArtist: 'Björk', externalIds: { musicbrainz: 'r' } })
    expect(key).toBe('track:album:mb:a:1.1:hunter')
    expect(groups).toEqual([
      { kind: 'artist', key: 'artist:bjork', metadata: { title: 'Björk', externalIds: { musicbrainz: 'b' } } },
      { kind: 'album', key: 'album:mb:a', metadata: { title: 'Homogenic', albumArtist: 'Björk', artist: 'Björk', year: 1997, genres: ['Electronic'], externalIds: { musicbrainz: 'a' } } },
    ])
    expect(Metadata.parse(metadata)).toEqual(metadata)
  })

  it('of cameras know when they were taken', () => {
    expect(work('photos', 'a/IMG_20190704_101112.jpg', {}, 'image')).toMatchObject({ kind: 'photo', metadata: { takenAt: '2019-07-04T10:11:12' } })
    expect(work('photos', 'a/IMG_20190704_101112.jpg', { takenAt: '2018-01-01T00:00:01' }, 'image').metadata.takenAt).toBe('2018-01-01T00:00:01')
    expect(work('home-videos', '2019-07-04 Beach.mp4', { takenAt: '2019-07-04T15:00:00' })).toMatchObject({ kind: 'video', metadata: { title: 'Beach', takenAt: '2019-07-04T15:00:00' } })
  })
})

describe('subtitle files', () => {
  it.each([
    ['Film.srt', { codec: 'subrip', form: 'text' }],
    ['Film.en.srt', { language: 'en' }],
    ['Film.eng.forced.srt', { language: 'en', forced: true }],
    ['Film.German.ass', { language: 'de', codec: 'ass' }],
    ['Film.de.sdh.srt', { language: 'de', hearingImpaired: true }],
    ['Film.en.hi.srt', { language: 'en', hearingImpaired: true }],
    ['Film.hi.srt', { language: 'hi' }],
    ['Film.English (SDH).srt', { language: 'en', hearingImpaired: true }],
    ['Film.pt-BR.default.srt', { language: 'pt-BR', default: true }],
    ['Film.Director commentary.en.srt', { language: 'en', title: 'Director commentary' }],
    ['Subs/2_German.srt', { language: 'de' }],
    ['Subs/Film/3_English.srt', { language: 'en' }],
    ['Film.idx', { codec: 'dvd_subtitle', form: 'image' }],
  ])('%s', (external, expected) => {
    expect(externalSubtitles('Film.mkv', [external], 4)).toEqual([expect.objectContaining({ index: 4, external, ...expected })])
  })
})
