import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LibraryKind } from '@projectionist/shared/events/media'
import { stemOf, typeOfName } from '../../platform/media/media-types.js'
import { isDiscFolder, isExtra, isHidden } from './ignored.js'
import { parseEpisode } from './names/episode.js'
import { parseFilm } from './names/film.js'
import { parseMoment } from './names/moment.js'
import { numberingIn } from './names/numbering.js'
import { spaced } from './names/words.js'
import { concernsFolder } from './sidecars.js'

export interface Guess {
  /** Files that speak for each kind of library, most first; kinds without any left out. */
  readonly counts: readonly { readonly kind: LibraryKind; readonly count: number }[]
  /** There is more than was looked at. */
  readonly more: boolean
  /** A few titles of the kind that leads. */
  readonly examples: readonly string[]
}

const MOST_FOLDERS = 400
const MOST_NAMES = 20_000
const EXAMPLES = 5
const SEASON = /^(?:season|staffel|saison|temporada|stagione|s)[\s._-]*\d{1,3}$|^specials$/i

/**
 * Guesses from names alone what kind of library a folder would make: a look at what lies nearest under it, no longer than
 * `budgetMs`, also when its disk does not answer. Never throws; a folder that cannot be read counts nothing.
 */
export async function guess(path: string, budgetMs = 250): Promise<Guess> {
  const counts = new Map<LibraryKind, number>()
  const examples = new Map<LibraryKind, Set<string>>()
  const queue: { path: string; relative: string; depth: number }[] = [{ path, relative: '', depth: 0 }]
  const late = timer(budgetMs)
  let folders = 0
  let names = 0
  let more = false
  try {
    for (let at = 0; at < queue.length; at++) {
      const here = queue[at]!
      const listed = await Promise.race([readdir(here.path, { withFileTypes: true }).catch(() => []), late.over])
      if (listed === undefined || ++folders > MOST_FOLDERS || names > MOST_NAMES) {
        more = true
        break
      }
      names += listed.length
      const inside = listed.filter(entry => !isHidden(entry.name))
      for (const entry of inside) {
        if (!entry.isDirectory() || isDiscFolder(entry.name) || isExtra(entry.name, 'folder', here.depth)) continue
        if (here.depth < 6) queue.push({ path: join(here.path, entry.name), relative: here.relative === '' ? entry.name : `${here.relative}/${entry.name}`, depth: here.depth + 1 })
      }
      const files = inside.filter(entry => !entry.isDirectory()).map(entry => entry.name)
      for (const [kind, title] of kindsIn(here.relative, files, here.depth)) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
        const some = examples.get(kind) ?? new Set()
        if (title !== undefined && some.size < EXAMPLES) examples.set(kind, some.add(title))
      }
    }
  } finally {
    late.clear()
  }
  const ordered = [...counts].map(([kind, count]) => ({ kind, count })).toSorted((a, b) => b.count - a.count)
  return { counts: ordered, more, examples: [...(examples.get(ordered[0]?.kind ?? 'films') ?? [])] }
}

/** What the files of one folder speak for, with a title each. */
function kindsIn(folder: string, files: readonly string[], depth: number): (readonly [kind: LibraryKind, title: string | undefined])[] {
  const last = folder.slice(folder.lastIndexOf('/') + 1)
  const hasMedia = files.some(name => ['video', 'audio'].includes(typeOfName(name) ?? '') && parseMoment(name).takenAt === undefined)
  return files.flatMap((name): (readonly [LibraryKind, string | undefined])[] => {
    const path = folder === '' ? name : `${folder}/${name}`
    switch (typeOfName(name)) {
      case 'audio':
        return [['music', last === '' ? stemOf(name) : last]]
      case 'image':
        return hasMedia || concernsFolder(name) ? [] : [['photos', last === '' ? name : last]]
      case 'video': {
        if (isExtra(name, 'file', depth)) return []
        const numbering = numberingIn(spaced(stemOf(name)), SEASON.test(last) ? 1 : undefined)
        if (numbering && (numbering.sure || SEASON.test(last)) && numbering.date === undefined) return [['shows', parseEpisode(path).series.title]]
        const film = parseFilm(path)
        const moment = parseMoment(name)
        if (moment.takenAt !== undefined || (film.year === undefined && /^(?:mvi|dsc|gopr?|gh|gx|dji|mov|vid|img)[\s_-]?\d+/i.test(name))) return [['home-videos', moment.title]]
        return [['films', film.year === undefined ? film.title : `${film.title} (${film.year})`]]
      }
      default:
        return []
    }
  })
}

function timer(ms: number): { readonly over: Promise<undefined>; clear(): void } {
  let handle: NodeJS.Timeout
  const over = new Promise<undefined>(resolve => {
    handle = setTimeout(() => resolve(undefined), ms)
  })
  return { over, clear: () => clearTimeout(handle) }
}
