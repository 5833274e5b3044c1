import { Metadata } from '@projectionist/shared/events/media'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNfo } from './nfo.js'
import { readXml } from './xml.js'

const movie = `\uFEFF<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!-- created on 2024-01-01 by a program -->
<movie>
  <title>Heat &amp; Dust &#8211; <![CDATA[<Director's Cut>]]></title><originaltitle>Heat</originaltitle><sorttitle>heat 1</sorttitle>
  <ratings><rating name="imdb" max="10"><value>7.0</value></rating><rating name="tmdb" max="100" default="true"><value>79</value></rating></ratings>
  <year>1995</year><premiered>1995-12-15</premiered><plot>A thief & a policeman.</plot><tagline>A Los Angeles Crime Saga</tagline>
  <mpaa>Rated R</mpaa><genre>Crime / Drama</genre><genre>Crime</genre><studio>Warner</studio><tag>heist</tag>
  <uniqueid type="tmdb" default="true">949</uniqueid><uniqueid type="imdb">tt0113277</uniqueid><id>tt0113277</id>
  <credits>Michael Mann</credits><director>Michael Mann</director>
  <actor><name>Al Pacino</name><role>Vincent Hanna</role><order>0</order></actor><actor><name></name></actor>
  <fileinfo><streamdetails><video><codec>h264</codec></video></streamdetails></fileinfo>
</movie>
https://www.themoviedb.org/movie/949`

describe('NFO files', () => {
  it('tell of a film', () => {
    expect(parseNfo(movie)).toEqual({
      kind: 'film',
      metadata: {
        title: "Heat & Dust – <Director's Cut>", originalTitle: 'Heat', sortTitle: 'heat 1', year: 1995, releasedOn: '1995-12-15', overview: 'A thief & a policeman.',
        tagline: 'A Los Angeles Crime Saga', contentRating: 'R', genres: ['Crime', 'Drama'], studios: ['Warner'], tags: ['heist'], rating: 7.9,
        externalIds: { tmdb: '949', imdb: 'tt0113277' },
        people: [{ name: 'Michael Mann', role: 'writer' }, { name: 'Michael Mann', role: 'director' }, { name: 'Al Pacino', role: 'actor', character: 'Vincent Hanna' }],
      },
    })
  })

  it.each([
    ['<tvshow><title>Dark</title><rating>8,7</rating><tvdbid>334824</tvdbid></tvshow>', { kind: 'series', metadata: { title: 'Dark', rating: 8.7, externalIds: { tvdb: '334824' } } }],
    ['<episodedetails><title>A</title><season>1</season><episode>2</episode><aired>2017-12-01</aired></episodedetails><episodedetails><title>B</title></episodedetails>', { kind: 'episode', metadata: { title: 'A', seasonNumber: 1, episodeNumber: 2, releasedOn: '2017-12-01', year: 2017 } }],
    ['<artist><name>Björk</name><biography>From Iceland.</biography><musicBrainzArtistID>87c5dedd-371d-4a53-9f7f-80522fb7f3cb</musicBrainzArtistID></artist>', { kind: 'artist', metadata: { title: 'Björk', overview: 'From Iceland.', externalIds: { musicbrainz: '87c5dedd-371d-4a53-9f7f-80522fb7f3cb' } } }],
    ['<album><title>Homogenic</title><artist>Björk</artist><year>1997</year></album>', { kind: 'album', metadata: { title: 'Homogenic', artist: 'Björk', year: 1997 } }],
    ['<movie><title>Cut off', { kind: 'film', metadata: { title: 'Cut off' } }],
    ['<movie><title>A & B</title><year>soon</year><rating>99</rating><premiered>2020-02-31</premiered></movie>', { kind: 'film', metadata: { title: 'A & B' } }],
    ['<Movie><Title>Capitals</Title></Movie>', { kind: 'film', metadata: { title: 'Capitals' } }],
    ['https://www.imdb.com/title/tt0113277/', undefined],
    ['░▒▓ RELEASE ▓▒░', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseNfo(text)).toEqual(expected)
  })

  it('cannot be made to blow up', () => {
    const bomb = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;"><!ENTITY x SYSTEM "file:///etc/passwd">]><movie><title>&lol2;&x;</title></movie>`
    expect(parseNfo(bomb)!.metadata.title).toBe('&lol2;&x;')
    const started = performance.now()
    for (const piece of ['<movie>', '<a b="', '<!--', '<![CDATA[', '&#x', '<a ', '</movie', "<a b='c' ", '"<']) readXml(`<movie><title>x</title>${piece.repeat(100_000)}`)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('gives only what the contract allows, whatever is in it', () => {
    const element = fc.tuple(fc.constantFrom('title', 'year', 'rating', 'season', 'premiered', 'genre', 'uniqueid type="tmdb"', 'actor', 'name', 'mpaa'), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1995', '-1', '1e9', '0', '\0', '&#0;', '&#xD800;')))
    fc.assert(
      fc.property(fc.array(element), fc.string({ unit: 'binary' }), (elements, noise) => {
        const nfo = parseNfo(`<movie>${elements.map(([name, text]) => `<${name}>${text}</${name.split(' ')[0]}>`).join('')}${noise}`)
        expect(Metadata.safeParse(nfo!.metadata).success).toBe(true)
      }),
    )
  })
})
