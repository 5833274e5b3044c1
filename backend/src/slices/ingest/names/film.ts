import { stemOf } from '../../../platform/media/media-types.js'
import { marksIn } from './marks.js'
import { editionIn, releaseWordAt, spaced, tidy, titled, titleKey, withoutWeakWords } from './words.js'

export interface FilmName {
  readonly title: string
  readonly year?: number
  /** `Director’s Cut`, `4K`, `Part 1`. */
  readonly edition?: string
  readonly ids: Readonly<Record<string, string>>
}

interface Release extends FilmName {
  /** It has something that only a name given on purpose has: a year, an id, words of a release. */
  readonly telling: boolean
}

const YEAR = /(?<![\p{L}\p{N}])(18[89]\d|19\d\d|20[0-3]\d)(?![\p{L}\p{N}])/gu
const SITE = /^\s*(?:\[\s*(?:www\.)?[\w-]+\.(?:com|org|net|to|cc|info|me|ru|tv)\s*\]|www\.[\w-]+\.\w{2,4})\s*[-–]*\s*/i
const PART = /(?:^|[\s._-])[([]?(cd|dvd|disc|disk|part|pt)[\s._-]?(\d{1,2}|[a-d])[\])]?$/i
const NO_TITLE = /^(?:movie|film|video|main|feature|title[ _]?t?\d+|vts[ _]\d+[ _]\d+|\d{5}|stream|(?:cd|dvd|disc|disk|part|pt)[ _.-]?\d+)$/i
/** How release groups shorten names of files inside a well-named folder: `grp-thing.1080p`. */
const SHORTHAND = /^[a-z0-9]{2,12}-[a-z0-9._-]+$/

/**
 * Reads the name of a film, of its file and of the folder it lies in: `Alien (1979)/alien.1979.directors.cut.1080p.mkv`.
 * The file has the first word, unless it says nothing and the folder does. `relative` is readable text with `/`.
 */
export function parseFilm(relative: string): FilmName {
  const names = relative.split('/')
  const stem = stemOf(names.at(-1)!)
  const file = parseRelease(stem, true)
  const folders = names.slice(0, -1).reverse().filter(name => !NO_TITLE.test(name)).slice(0, 1)
  const folder = folders[0] === undefined ? undefined : parseRelease(folders[0], false)
  const chosen = folder && prefersFolder(stem, file, folder) ? folder : file
  const year = chosen.year ?? (folder && titleKey(folder.title) === titleKey(chosen.title) ? folder.year : undefined)
  const sameWork = folder !== undefined && (chosen === folder || titleKey(folder.title) === titleKey(file.title))
  const edition = file.edition ?? (sameWork ? folder.edition : undefined)
  return {
    title: chosen.title,
    ...(year !== undefined && { year }),
    ...(edition !== undefined && { edition }),
    ids: sameWork ? { ...folder.ids, ...file.ids } : file.ids,
  }
}

function prefersFolder(stem: string, file: Release, folder: Release): boolean {
  if (NO_TITLE.test(stem) || file.title === '') return true
  if (file.year !== undefined || !folder.telling) return false
  return folder.year !== undefined || Object.keys(folder.ids).length > 0 || SHORTHAND.test(stem)
}

/** Reads one name. `parts`: it may end with `cd1` or, behind a year, `part 2`. */
function parseRelease(name: string, parts: boolean): Release {
  const marks = marksIn(name.replace(SITE, ''))
  let text = marks.text
  let part: string | undefined
  const ending = parts ? PART.exec(text) : null
  const before = ending ? text.slice(0, ending.index) : ''
  if (ending && /\p{L}|\p{N}/u.test(before) && (/^(cd|dvd|disc|disk|pt)$/i.test(ending[1]!) || hasYear(before))) {
    part = `Part ${ending[2]!.toUpperCase()}`
    text = before
  }
  text = spaced(text.replace(/^\[(?!(?:18|19|20)\d\d\])[^\]]{1,40}\][\s._-]*(?=[\p{L}\p{N}])/u, ''))
  const { title, year, rest } = split(text)
  const label = / - ([^-[\](){}]{2,40})$/.exec(rest)?.[1]?.trim()
  const loose = label !== undefined && year !== undefined && releaseWordAt(label) < 0 && !/^\d+$/.test(label) ? label : undefined
  const edition = [marks.edition ?? editionIn(rest) ?? loose, part].filter(Boolean).join(' ')
  return {
    title: titled(tidy(title)) || tidy(spaced(stemOf(name))) || name,
    ...(year !== undefined && { year }),
    ...(edition !== '' && { edition }),
    ids: marks.ids,
    telling: year !== undefined || rest !== '' || Object.keys(marks.ids).length > 0,
  }
}

const yearsIn = (text: string): RegExpExecArray[] => [...text.matchAll(YEAR)]
const hasYear = (text: string): boolean => yearsIn(spaced(text)).some(found => found.index > 0)

/**
 * Title, year and what follows. The year is the last one in brackets, else the last before release words; a year that
 * opens the name is its title: `1917 (2019)`, `2012.2009.1080p`, `1984`.
 */
function split(text: string): { readonly title: string; readonly year?: number; readonly rest: string } {
  const release = releaseWordAt(text)
  const head = release > 0 ? text.slice(0, release) : text
  // `Hit Parade of 1937` is a title.
  const candidates = yearsIn(head).filter(found => /[\p{L}\p{N}]/u.test(head.slice(0, found.index)) && !/(?<!\p{L})of(?: the year)?\s*$/iu.test(head.slice(0, found.index)))
  const bracketed = yearsIn(text).filter(found => /[([{]\s*$/.test(text.slice(0, found.index)) && /[\p{L}\p{N}]/u.test(text.slice(0, found.index)))
  const chosen = bracketed[0] ?? candidates.at(-1)
  if (chosen) {
    const title = text.slice(0, chosen.index).replace(/[([{]\s*$/, '')
    const cut = bracketed[0] ? -1 : releaseWordAt(title)
    const named = tidy(cut > 0 ? withoutWeakWords(tidy(title.slice(0, cut))) : title)
    return { title: withoutBracketEnd(named), year: Number(chosen[1]), rest: text.slice(chosen.index + 4).replace(/^[)\]}]/, '') }
  }
  const opening = yearsIn(text)[0]
  if (opening && /^[([]\s*\d{4}\s*[)\]]/.test(text)) {
    const after = split(text.replace(/^[([]\s*\d{4}\s*[)\]]\s*[-–.]?\s*/, ''))
    if (after.title !== '') return { ...after, year: Number(opening[1]) }
  }
  const bracket = text.slice(1).search(/\s[[{(]/) + 1
  const cuts = [release, bracket].filter(at => at > 0)
  if (cuts.length === 0) return { title: text, rest: '' }
  const cut = Math.min(...cuts)
  const title = tidy(text.slice(0, cut))
  return { title: cut === release ? withoutWeakWords(title) : title, rest: text.slice(cut) }
}

/** `Léon [Leon - The Professional]` without what stands in brackets at its end. */
const withoutBracketEnd = (title: string): string => title.replace(/(?<=\S)\s*\[[^\]]*\]$/, '')
