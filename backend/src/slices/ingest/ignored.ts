import ignore, { type Ignore } from 'ignore'
import { stemOf } from '../../platform/media/media-types.js'

const SYSTEM_FOLDERS = new Set([
  '@eadir', '#recycle', '#snapshot', '@recycle', '@recently-snapshot', '@tmp', '$recycle.bin', 'system volume information', 'lost+found',
  'found.000', 'plex versions', 'recycler', 'winsxs', '__macosx',
])
/** Hidden files and folders, and what operating systems and storage boxes leave behind. */
export const isHidden = (name: string): boolean => name.startsWith('.') || SYSTEM_FOLDERS.has(name.toLowerCase())

const EXTRAS_FOLDER =
  /^(extras?|featurettes?|behind[ ._-]?the[ ._-]?scenes|deleted[ ._-]?(?:and[ ._-]extended[ ._-])?scenes|interviews?|scenes|shorts|trailers?|samples?|bonus(?:[ ._-](?:features?|material|disc))?|other|others|clips|backdrops|theme-music|proof|screens|screenshots)$/i
const EXTRA_FILE = /[-._](trailer|sample|featurette|behindthescenes|deleted|deletedscene|interview|scene|short|other|extra|clip)\d*$/i
const EXTRA_NAME = /^(sample|trailer|movie-trailer|rarbg(\.com)?|etrg)$|^sample[-._ ]/i

/**
 * Trailers, samples and other extras of a film or series, by the names Plex, Jellyfin and Kodi give them. Only inside a
 * folder: a series may well be called `Extras`.
 */
export function isExtra(name: string, kind: 'folder' | 'file', depth: number): boolean {
  if (kind === 'folder') return depth > 0 && EXTRAS_FOLDER.test(name)
  const stem = stemOf(name)
  return EXTRA_FILE.test(stem) || (depth > 0 && EXTRA_NAME.test(stem))
}

/** Folders that are a disc: one work in many files, which play only together. */
export const isDiscFolder = (name: string): boolean => /^(BDMV|VIDEO_TS|HVDVD_TS|CERTIFICATE|AACS)$/i.test(name)

/** Rules of one `.ignore` or `.plexignore`, for names below `folder` (a readable path, `''` is the root). */
export interface IgnoreRules {
  readonly folder: string
  readonly rules: Ignore | 'everything'
}

/**
 * Reads an ignore file in the syntax of gitignore. An empty `.ignore`, like a `.nomedia`, hides the whole folder, as in
 * Jellyfin and on phones; an empty `.plexignore` hides nothing.
 */
export function ignoreRules(fileName: string, folder: string, text: string): IgnoreRules {
  const empty = text.trim() === '' && fileName !== '.plexignore'
  return { folder, rules: empty || fileName === '.nomedia' ? 'everything' : ignore({ allowRelativePaths: true, ignorecase: true }).add(text) }
}

/** Whether some rule hides a path; nearer rules have the last word. */
export function isIgnored(rules: readonly IgnoreRules[], path: string, folder: boolean): boolean {
  let ignored = false
  for (const rule of rules) {
    if (rule.rules === 'everything') return true
    const below = rule.folder === '' ? path : path.slice(rule.folder.length + 1)
    const verdict = rule.rules.test(folder ? `${below}/` : below)
    ignored = verdict.ignored || (ignored && !verdict.unignored)
  }
  return ignored
}
