import { stemOf } from '../../../platform/media/media-types.js'
import { marksIn } from './marks.js'
import { numberingIn, type Numbering } from './numbering.js'
import { editionIn, releaseWordAt, spaced, tidy, titled, titleKey, withoutWeakWords } from './words.js'

export interface SeriesName {
  readonly title: string
  readonly year?: number
  readonly ids: Readonly<Record<string, string>>
}
export interface EpisodeName {
  readonly series: SeriesName
  /** 0 holds specials, and what has no number at all. */
  readonly season: number
  readonly episode?: number
  readonly episodeEnd?: number
  /** Day of broadcast, `YYYY-MM-DD`, of series that count by day. */
  readonly date?: string
  readonly title?: string
  readonly edition?: string
}

const SEASON_WORD = String.raw`season|staffel|saison|temporada|temporadas|stagione|seizoen|sezon|sezona|сезон|säsong|sæson|sesong|kausi|évad|series|book|volume`
const SEASON_FOLDER = new RegExp(
  String.raw`(?:^|[\s._-])(?:(?:${SEASON_WORD})[\s._-]*(\d{1,4})|s(\d{1,4}))(?![\p{L}\p{N}])|^(\d{1,2})[.]?\s*(?:${SEASON_WORD})(?![\p{L}])|第\s*(\d{1,3})\s*[季期]|시즌\s*(\d{1,3})|^(\d{4})$`,
  'iu',
)
const SPECIALS_FOLDER = /^(?:specials?|season 0+|s0+|extras?|ovas?|oads?|sonderfolgen|hors[ -]?série|speciali)$/i
/** Which episodes a pack holds: `- 01 ~ 24`. */
const RANGE = /(?<=\S)\s+[-–]?\s*\d{1,4}\s*[~–-]\s*\d{1,4}$/
const SERIES_YEAR = /[\s(]+(19\d\d|20[0-3]\d)\)?$/

/**
 * Reads where an episode belongs from its path: `Dark (2017)/Season 2/Dark - S02E05.mkv`, `Show.1x02-03.avi`,
 * `[Group] Anime - 13 [1080p].mkv`, `Talk/2021/Talk.2021.03.04.mkv`. `relative` is readable text with `/`.
 */
export function parseEpisode(relative: string): EpisodeName {
  const names = relative.split('/')
  const stem = stemOf(names.at(-1)!)
  const place = placeOf(names.slice(0, -1))
  const marks = marksIn(stem)
  const text = spaced(marks.text.replace(/^\[[^\]]{1,60}\][\s._-]*(?=\S)/, ''))
  const numbering = numberingIn(text, place.season)
  const fromFile = seriesFrom(numbering ? text.slice(0, numbering.start) : '')
  const series = choose(place, fromFile, text || stem)
  const { title, edition } = behind(numbering ? text.slice(numbering.end) : ownTitle(text, series.title))
  return {
    series: { ...series, ids: { ...series.ids, ...(place.series ? {} : marks.ids) } },
    ...where(numbering, place.season),
    ...(title !== undefined && { title }),
    ...((marks.edition ?? edition) !== undefined && { edition: marks.edition ?? edition! }),
  }
}

function where(numbering: Numbering | undefined, folderSeason: number | undefined): Pick<EpisodeName, 'season' | 'episode' | 'episodeEnd' | 'date'> {
  if (!numbering) return { season: folderSeason ?? 0 }
  if (numbering.date !== undefined) return { season: folderSeason ?? Number(numbering.date.slice(0, 4)), date: numbering.date }
  const { episode, episodeEnd } = numbering
  return {
    season: numbering.season ?? folderSeason ?? 1,
    ...(episode !== undefined && { episode }),
    ...(episode !== undefined && episodeEnd !== undefined && episodeEnd > episode && { episodeEnd }),
  }
}

interface Place {
  readonly series: SeriesName | undefined
  readonly season: number | undefined
  /** The series' folder holds folders of seasons: then its name is beyond doubt. */
  readonly certain: boolean
}

/** What the folders say, from the nearest outwards. */
function placeOf(folders: readonly string[]): Place {
  let season: number | undefined
  for (let at = folders.length - 1; at >= 0; at--) {
    const name = folders[at]!
    const inSeries = at > 0
    if (inSeries && SPECIALS_FOLDER.test(name)) {
      season ??= 0
      continue
    }
    if (season === undefined || inSeries) {
      const found = seasonFolder(name)
      if (found && (inSeries || found.title === undefined || found.title !== '')) {
        season ??= found.season
        // `Show S02` and `Show.S02.1080p-GRP` name series and season at once; a folder around them names it better.
        if (inSeries && (found.title === undefined || at >= 1)) continue
        if (found.title !== undefined) return { series: seriesFrom(found.title), season, certain: false }
        continue
      }
    }
    const packed = numberingIn(spaced(name), undefined)
    if (packed && packed.sure && releaseWordAt(name) >= 0) {
      if (inSeries) continue
      return { series: seriesFrom(spaced(name).slice(0, packed.start)), season, certain: false }
    }
    return { series: seriesFrom(name), season, certain: season !== undefined }
  }
  return { series: undefined, season, certain: false }
}

function seasonFolder(name: string): { readonly season: number; readonly title: string | undefined } | undefined {
  const text = spaced(marksIn(name).text)
  const found = SEASON_FOLDER.exec(text)
  if (!found) return undefined
  const number = found.slice(1).find(group => group !== undefined)
  const title = tidy(text.slice(0, found.index))
  return { season: Number(number), title: title === '' ? undefined : title }
}

function seriesFrom(name: string): SeriesName | undefined {
  const marks = marksIn(name)
  const text = spaced(marks.text.replace(/^\[[^\]]{1,60}\][\s._-]*(?=\S)/, ''))
  const cut = releaseWordAt(text)
  const named = cut > 0 ? withoutWeakWords(tidy(text.slice(0, cut))) : text
  const bare = tidy(tidy(named.replace(/(?<=\S)\s*\[[^\]]*\]?$/, '')).replace(RANGE, ''))
  const year = SERIES_YEAR.exec(bare)
  const title = titled(tidy(year && year.index > 0 ? bare.slice(0, year.index) : bare))
  if (title === '' && Object.keys(marks.ids).length === 0) return undefined
  return { title: title || name, ...(year && year.index > 0 && { year: Number(year[1]) }), ids: marks.ids }
}

/** The folder names the series, unless it holds files of something else altogether, as a folder `Downloads` does. */
function choose(place: Place, fromFile: SeriesName | undefined, text: string): SeriesName {
  if (!place.series) return fromFile ?? { title: titled(tidy(text)) || text, ids: {} }
  if (place.certain || !fromFile || Object.keys(place.series.ids).length > 0) return place.series
  const [folder, file] = [titleKey(place.series.title), titleKey(fromFile.title)]
  const kin = folder.includes(file) || file.includes(folder) || place.series.title.toLowerCase().split(/\P{L}+/u).some(word => word.length > 2 && fromFile.title.toLowerCase().split(/\P{L}+/u).includes(word))
  return kin || initialsOf(place.series.title) === file ? place.series : fromFile
}
const initialsOf = (title: string): string => title.split(/\s+/).map(word => word[0] ?? '').join('').toLowerCase()

/** The name of a file without a number, less the series' name it may begin with. */
function ownTitle(text: string, series: string): string {
  return text.toLowerCase().startsWith(series.toLowerCase()) && text.length > series.length ? text.slice(series.length) : text
}

/** The episode's title behind its number, and the version behind that. */
function behind(following: string): { readonly title?: string; readonly edition?: string } {
  const rest = following.replace(/^[\s\])}.]+/, '')
  const release = releaseWordAt(rest)
  const bracket = rest.search(/[[({](?!part|\d{1,2}[)\]])/i)
  const ends = [release, bracket].filter(at => at >= 0)
  const end = ends.length > 0 ? Math.min(...ends) : rest.length
  const raw = tidy(rest.slice(0, end).replace(/^v\d(?!\p{L})/u, ''))
  const title = tidy((end === release ? withoutWeakWords(` ${raw}`) : raw).replace(/(?:^|\s)(?:-\s*)?[A-Z0-9]{2,}-[A-Za-z0-9]+$/, ''))
  const edition = editionIn(rest.slice(end))
  return { ...(title !== '' && /[\p{L}\p{N}]/u.test(title) && { title: titled(title) }), ...(edition !== undefined && { edition }) }
}
