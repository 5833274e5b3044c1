import { createHash } from 'node:crypto'
import { extensionOf, stemOf, typeOfName } from '../../platform/media/media-types.js'

/** A file that says something about media beside it: subtitles, NFO, a picture. `name` is readable, `relative` is not. */
export interface Sidecar {
  readonly relative: string
  readonly name: string
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** It lies in a folder of subtitles; the name of the folder inside that, for one a media file. */
  readonly under?: string
}

export interface Beside {
  /** Subtitle files, relative to the root. */
  readonly subtitles: readonly string[]
  /** NFO files that concern the file or a group it is in, nearest first. */
  readonly nfos: readonly string[]
  /** Changes when one of its sidecars comes, goes or changes. */
  readonly stamp: string
}

/** What most files have. */
export const nothingBeside: Beside = { subtitles: [], nfos: [], stamp: '' }

const GROUP_NFO = /^(movie|tvshow|season|artist|album)\.nfo$/i
const GROUP_PICTURE =
  /^(poster|folder|cover|front|fanart|backdrop|background|landscape|banner|logo|clearlogo|clearart|thumb|disc|movie|show|artist|album(art)?|default)[-._ ]?\d*$|^season[-._ ]?(\d+|all|specials)([-._ ](poster|fanart|banner|landscape))?$/i

/** A file worth remembering while walking a folder; whether it goes with some media shows in `besides`. */
export const isSidecarName = (name: string): boolean => {
  const type = typeOfName(name)
  return type === 'subtitle' || type === 'image' || extensionOf(name) === 'nfo'
}

/** Whether it speaks for a whole folder and what is below, rather than for one file. */
export const concernsFolder = (name: string): boolean =>
  GROUP_NFO.test(name) || (typeOfName(name) === 'image' && GROUP_PICTURE.test(stemOf(name)))

/**
 * Who a sidecar belongs to among the stems of media files: `Film.en.forced.srt` and `Film-poster.jpg` to `Film`, the
 * longest stem that fits.
 */
function ownerOf(stem: string, stems: ReadonlySet<string>): string | undefined {
  for (let end = stem.length; end > 0; end = Math.max(stem.lastIndexOf('.', end - 1), stem.lastIndexOf('-', end - 1), stem.lastIndexOf(' ', end - 1))) {
    const candidate = stem.slice(0, end)
    if (stems.has(candidate)) return candidate
  }
  return undefined
}

/**
 * Sorts the sidecars of a folder to its media files, by readable name. `inherited` are those that concern a folder above.
 * A subtitle in a `Subs` folder that names no file belongs to the only one there is. Files without any are left out.
 */
export function besides(media: readonly string[], sidecars: readonly Sidecar[], inherited: readonly Sidecar[]): ReadonlyMap<string, Beside> {
  if (sidecars.length === 0 && inherited.length === 0) return new Map()
  const stems = new Map(media.map(name => [stemOf(name), name]))
  const stemSet = new Set(stems.keys())
  const owned = new Map<string, Sidecar[]>(media.map(name => [name, []]))
  const ofFolder: Sidecar[] = []
  for (const sidecar of sidecars) {
    if (sidecar.under === undefined && concernsFolder(sidecar.name)) {
      ofFolder.push(sidecar)
      continue
    }
    const stem = sidecar.under !== undefined && stemSet.has(sidecar.under) ? sidecar.under : ownerOf(stemOf(sidecar.name), stemSet)
    const owner = stem !== undefined ? stems.get(stem) : sidecar.under !== undefined && media.length === 1 ? media[0] : undefined
    if (owner !== undefined) owned.get(owner)!.push(sidecar)
  }
  const shared = [...ofFolder, ...inherited]
  return new Map(media.map(name => [name, describe([...owned.get(name)!, ...shared])]))
}

function describe(all: readonly Sidecar[]): Beside {
  const stamp = createHash('sha1')
  for (const one of all) stamp.update(`${one.relative}\0${one.sizeBytes}\0${one.modifiedMs}\n`)
  const subtitles = all.filter(one => typeOfName(one.name) === 'subtitle').map(one => one.relative)
  return {
    subtitles: subtitles.filter(path => extensionOf(path) !== 'sub' || !subtitles.includes(`${stemOf(path)}.idx`)),
    nfos: all.filter(one => extensionOf(one.name) === 'nfo').map(one => one.relative),
    stamp: all.length === 0 ? '' : stamp.digest('hex').slice(0, 16),
  }
}
