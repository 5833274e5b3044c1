/** Marks people and programs put into names on purpose: ids in other catalogues, editions. */
export interface Marks {
  /** The name without them. */
  readonly text: string
  readonly ids: Readonly<Record<string, string>>
  readonly edition: string | undefined
}

const ID = /[[{(](tmdb|tvdb|imdb|anidb|tvmaze|anilist|mal)(?:id)?[-=:_ ]([a-z0-9]+)[\]})]/gi
const BARE_IMDB = /(?<![\p{L}\p{N}])(tt\d{7,9})(?![\p{L}\p{N}])/iu

/** Reads `{tmdb-603}`, `[imdbid=tt0133093]`, `{edition-Final Cut}`, as Plex, Jellyfin, Kodi, Radarr and Sonarr write them. */
export function marksIn(name: string): Marks {
  const ids: Record<string, string> = {}
  let edition: string | undefined
  let text = name
    .replace(/\{edition-([^}]+)\}/gi, (_, named: string) => {
      edition = named.trim()
      return ' '
    })
    .replace(ID, (_, catalogue: string, id: string) => {
      ids[catalogue.toLowerCase()] = id.toLowerCase()
      return ' '
    })
  text = text.replace(BARE_IMDB, (_, id: string) => {
    ids['imdb'] ??= id.toLowerCase()
    return ' '
  })
  return { text: text.replace(/[[({]\s*[\])}]/g, ' ').trim(), ids, edition }
}

/** The one id that stands for the work, when the name gives any. */
export function primaryId(ids: Readonly<Record<string, string>>): string | undefined {
  for (const catalogue of ['tmdb', 'tvdb', 'imdb', 'anidb', 'tvmaze', 'anilist', 'mal']) {
    if (ids[catalogue] !== undefined) return `${catalogue}:${ids[catalogue]}`
  }
  return undefined
}
