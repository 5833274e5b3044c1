import type { ItemKind, LibraryKind } from '@projectionist/shared/events/media'

const plain = new Intl.NumberFormat()
/** A count in the person's locale: `18,051`. */
export const count = (value: number): string => plain.format(value)

/** `1 film`, `18,051 films`. */
export const counted = (value: number, one: string, several: string): string =>
  `${plain.format(value)} ${value === 1 ? one : several}`

/** What one calls an item of a kind, alone and together. */
export const kindWords: Readonly<Record<ItemKind, readonly [one: string, several: string]>> = {
  film: ['film', 'films'],
  series: ['series', 'series'],
  season: ['season', 'seasons'],
  episode: ['episode', 'episodes'],
  artist: ['artist', 'artists'],
  album: ['album', 'albums'],
  track: ['track', 'tracks'],
  photo: ['photo', 'photos'],
  video: ['video', 'videos'],
}

export const libraryKindWords: Readonly<Record<LibraryKind, string>> = {
  films: 'Films',
  shows: 'Series',
  music: 'Music',
  photos: 'Photos',
  'home-videos': 'Home videos',
}

/** Kinds a library shows as its own, the first by default. */
export const kindsOf: Readonly<Record<LibraryKind, readonly [ItemKind, ...ItemKind[]]>> = {
  films: ['film'],
  shows: ['series', 'episode'],
  music: ['album', 'artist', 'track'],
  photos: ['photo'],
  'home-videos': ['video'],
}

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** Bytes in the unit people use for files: `56.2 GB`. */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte']
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  const scaled = value / 1000 ** power
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[power]!,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 || scaled >= 100 ? 0 : 1,
  }).format(scaled)
}

/** Bits a second: `24.1 Mb/s`. */
export const bitRate = (bitsPerSecond: number): string =>
  bitsPerSecond >= 1e6
    ? `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(bitsPerSecond / 1e6)} Mb/s`
    : `${plain.format(Math.round(bitsPerSecond / 1e3))} kb/s`
