import { stemOf } from '../../../platform/media/media-types.js'
import { tidy } from './words.js'

/** What the path of a track says, for what its tags leave open. */
export interface TrackName {
  readonly title: string
  readonly artist?: string
  readonly album?: string
  readonly year?: number
  readonly disc?: number
  readonly track?: number
}

const DISC_FOLDER = /^(?:.*[\s._([-])?(?:cd|disc|disk|disque|vinyl|lp)[\s._-]?(\d{1,2})(?![\p{L}\p{N}]).*$/iu
const NUMBERED = /^(?:(?<disc>\d{1,2})[-.](?<on>\d{1,3})|(?<packed>[1-9]\d\d)(?=\s+[-–]\s|\.\s|-)|(?<track>\d{1,3})|(?<side>[A-H])(?<number>\d{1,2}))(?:\s*[-–.)_]+\s*|\s+)(?=\S)/u
const BRACKETED_YEAR = /\s*[([]((?:19|20)\d\d)(?:[-.]\d\d)*[)\]]\s*[-–._]?/u
const LEADING_YEAR = /^((?:19|20)\d\d)\s*[-–._]?\s+(?=\S)/u
const LABEL = /\s*(?:\[(?:flac|mp3|aac|m4a|ogg|opus|wav|web|cd|vinyl|lp|v0|320|\d{2}[ -]?bit|\d+\s?k(?:bps|hz)|lossless|24-\d+)[^\]]*\]|\((?:flac|mp3|web|320|v0)[^)]*\))/giu

/** Reads `Artist/1997 - Album/CD1/01 - Title.flac`, `Artist - Album (1997)/1-01 Title.mp3`, `Artist - Title.ogg`. */
export function parseTrack(relative: string): TrackName {
  const names = relative.split('/').map(name => name.replaceAll('_', ' '))
  const folders = names.slice(0, -1)
  const last = folders.at(-1)
  const inDisc = last === undefined ? null : DISC_FOLDER.exec(last)
  const discAlone = inDisc !== null && folders.length > 1 && /^[\s([]*(?:cd|disc|disk|disque|vinyl|lp)/iu.test(last!)
  const albumFolder = discAlone ? folders.at(-2) : last
  const artistFolder = folders.at(discAlone ? -3 : -2)
  const album = albumFolder === undefined ? undefined : parseAlbum(albumFolder)
  const numbered = numberOf(stemOf(names.at(-1)!))
  const artist = artistFolder ?? album?.artist
  const parts = numbered.rest.split(/\s+[-–]\s+/).map(tidy).filter(part => part !== '')
  const named = parts.length > 1 && (artist === undefined || same(parts[0]!, artist) || (album?.name !== undefined && same(parts[1] ?? '', album.name)))
  const own = named ? parts[0] : undefined
  const title = tidy((named ? parts.slice(parts.length > 2 && album?.name !== undefined && same(parts[1]!, album.name) ? 2 : 1) : parts).join(' - '))
  const numberInTitle = named && numbered.track === undefined && /^\d{1,3}\s*[-–.)]/.test(title) ? numberOf(title) : undefined
  const disc = (discAlone ? Number(inDisc![1]) : undefined) ?? numbered.disc
  const track = numbered.track ?? numberInTitle?.track
  return {
    title: (numberInTitle?.rest ?? title) || tidy(stemOf(names.at(-1)!)) || names.at(-1)!,
    ...((artist ?? own) !== undefined && { artist: artist ?? own! }),
    ...(album !== undefined && album.name !== '' && { album: album.name }),
    ...(album?.year !== undefined && { year: album.year }),
    ...(disc !== undefined && disc > 0 && { disc }),
    ...(track !== undefined && { track }),
  }
}

const same = (a: string, b: string): boolean => a.localeCompare(b, 'en', { sensitivity: 'base' }) === 0

/** Reads the name of an album's folder: `1997 - OK Computer [FLAC]`, `Radiohead - OK Computer (1997)`. */
export function parseAlbum(folder: string): { readonly name: string; readonly year?: number; readonly artist?: string } {
  const bare = tidy(folder.replace(LABEL, ' '))
  const found = BRACKETED_YEAR.exec(bare) ?? LEADING_YEAR.exec(bare)
  const year = found ? Number(found[1]) : undefined
  const text = tidy(found && bare.length > found[0].length ? bare.replace(found[0], ' ') : bare)
  const parts = text.split(/\s+[-–]\s+/)
  const dated = parts.length === 3 && /^(19|20)\d\d$/.test(parts[1]!)
  const artist = parts.length > 1 ? tidy(parts[0]!) : undefined
  return {
    name: dated ? parts[2]! : tidy(parts.length > 1 ? parts.slice(1).join(' - ') : text),
    ...((year ?? (dated ? Number(parts[1]) : undefined)) !== undefined && { year: year ?? Number(parts[1]) }),
    ...(artist !== undefined && { artist }),
  }
}

function numberOf(stem: string): { readonly rest: string; readonly disc?: number; readonly track?: number } {
  const found = NUMBERED.exec(stem)
  const alone = /^\d{1,3}$/.exec(stem.trim())
  if (alone) return { rest: stem, track: Number(stem) }
  if (!found) return { rest: stem }
  const { disc, on, packed, track, side, number } = found.groups!
  const rest = stem.slice(found[0].length)
  if (disc !== undefined) return { rest, disc: Number(disc), track: Number(on) }
  if (packed !== undefined) return { rest, disc: Number(packed[0]), track: Number(packed.slice(1)) }
  if (side !== undefined) return { rest, disc: Math.ceil((side.charCodeAt(0) - 64) / 2), track: Number(number) }
  return { rest, track: Number(track) }
}
