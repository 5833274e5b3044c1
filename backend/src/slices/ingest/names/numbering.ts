/** Where in a name an episode's number stands, and what it says. `sure`: no title looks like this by chance. */
export interface Numbering {
  readonly start: number
  readonly end: number
  readonly sure: boolean
  readonly season?: number
  readonly episode?: number
  readonly episodeEnd?: number
  readonly date?: string
}

interface Pattern {
  readonly pattern: RegExp
  readonly sure?: boolean
  /** Only inside a folder that names a season. */
  readonly inSeason?: boolean
  read(groups: Readonly<Record<string, string | undefined>>, season: number | undefined): Omit<Numbering, 'start' | 'end' | 'sure'> | undefined
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))
const withEnd = (groups: Readonly<Record<string, string | undefined>>, season: number | undefined): Omit<Numbering, 'start' | 'end' | 'sure'> => {
  const last = groups['more']?.match(/\d+/g)?.at(-1)
  const episode = number(groups['episode'])
  const end = number(groups['end'] ?? last)
  return { ...(season !== undefined && { season }), ...(episode !== undefined && { episode }), ...(end !== undefined && { episodeEnd: end }) }
}
function day(year: string | undefined, month: string | undefined, date: string | undefined): { readonly date: string } | undefined {
  if (year === undefined || month === undefined || date === undefined || Number(month) > 12 || Number(month) < 1) return undefined
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const parsed = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(text) ? undefined : { date: text }
}

const EPISODE = String.raw`(?:episode|épisode|episodio|episódio|capitulo|capítulo|chapter|folge|aflevering|odcinek|avsnitt|afsnit|jakso|серия|эпизод|bölüm|teil)`
const SEASON = String.raw`(?:season|staffel|saison|temporada|stagione|seizoen|sezon|сезон|series)`

const PATTERNS: readonly Pattern[] = [
  {
    // S01E02, s01.e02, S01E02E03, S01E02-E04, S01E02-04, S2020E01
    sure: true,
    pattern: /(?<![\p{L}\p{N}])s(?<season>\d{1,4})[\s._-]*e[p]?[\s._-]?(?<episode>\d{1,5})(?<more>(?:[\s._+&-]*(?:s\d{1,4})?[ex]p?\d{1,4}|-\d{1,3}(?![\p{L}\p{N}]))*)(?=v\d|[^\p{L}\p{N}]|\p{L}{0}$|[a-d](?![\p{L}\p{N}]))/iu,
    read: groups => withEnd(groups, Number(groups['season'])),
  },
  {
    // 1x02, 01x02-03, 1x02x03
    sure: true,
    pattern: /(?<![\p{L}\p{N}])(?<season>\d{1,2})x(?<episode>\d{2,4})(?<more>(?:-?x\d{2,3}|-\d{1,2}x\d{2,3}|-\d{2,3}(?![\p{L}\p{N}]))*)(?![\p{L}\p{N}])/iu,
    read: groups => withEnd({ ...groups, more: groups['more']?.replace(/\d+x/gi, '') }, Number(groups['season'])),
  },
  {
    // Season 1 Episode 2; Staffel 1, Folge 2; S1 Ep 2; S01 - 02
    sure: true,
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${SEASON}\s*|s)(?<season>\d{1,4})[\s,._-]*(?:${EPISODE}|ep?|-)[\s._-]*(?<episode>\d{1,4})(?![\p{L}\p{N}])`, 'iu'),
    read: groups => withEnd(groups, Number(groups['season'])),
  },
  {
    // 第2季第05集
    sure: true,
    pattern: /第\s*(?<season>\d{1,3})\s*[季期]\s*第?\s*(?<episode>\d{1,4})\s*[集話话回]?/u,
    read: groups => withEnd(groups, Number(groups['season'])),
  },
  {
    // 2021-03-04, 2021.03.04
    sure: true,
    pattern: /(?<!\d)(?<year>19\d\d|20[0-3]\d)[\s._-](?<month>\d{1,2})[\s._-](?<day>\d{1,2})(?!\d)/u,
    read: groups => day(groups['year'], groups['month'], groups['day']),
  },
  {
    // 04.03.2021
    sure: true,
    pattern: /(?<!\d)(?<day>\d{1,2})[\s._-](?<month>\d{1,2})[\s._-](?<year>19\d\d|20[0-3]\d)(?!\d)/u,
    read: groups => day(groups['year'], groups['month'], groups['day']),
  },
  {
    // SP1, OVA 2, Special 3
    pattern: /(?<![\p{L}\p{N}])(?:sp|ova|oad|ona|special)s?[\s._-]*(?<episode>\d{1,3})(?![\p{L}\p{N}])/iu,
    read: groups => withEnd(groups, 0),
  },
  {
    // Title S2 - 05, Title 2nd Season - 05
    sure: true,
    pattern: /(?<=\S)\s+(?:s(?<season>\d{1,2})|(?<ordinal>\d)(?:st|nd|rd|th)\s+season)\s+-\s+(?<episode>\d{1,4})(?:v\d)?(?![\p{L}\p{N}])/iu,
    read: groups => withEnd(groups, Number(groups['season'] ?? groups['ordinal'])),
  },
  {
    // Episode 12, Ep. 12, Folge 12, 第12話, 12화, E12
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${EPISODE}|ep?|eps)[\s._-]*(?<episode>\d{1,4})(?:\s*-\s*(?:e|ep)?(?<end>\d{1,4}))?(?:v\d)?(?![\p{L}\p{N}])|第\s*(?<cjk>\d{1,4})\s*[集話话回]|(?<![\p{L}\p{N}])(?<hangul>\d{1,4})화`, 'iu'),
    read: (groups, season) => withEnd({ ...groups, episode: groups['episode'] ?? groups['cjk'] ?? groups['hangul'] }, season),
  },
  {
    // Inside a season's folder: 05 - Title, 05. Title, 05
    inSeason: true,
    pattern: /^(?:#)?(?<episode>\d{1,3})(?:\s*-\s*(?<end>\d{1,3})(?=\s|$))?(?:v\d)?(?=$|[\s.\-–_,)\]])/u,
    read: (groups, season) => {
      const episode = groups['episode']!
      const compact = episode.length === 3 && season !== undefined && Number(episode[0]) === season
      return withEnd(compact ? { ...groups, episode: episode.slice(1) } : groups, season)
    },
  },
  {
    // Anime: Title - 05, Title - 1015v2, Title - 05-06
    pattern: /(?<=\S)\s+[-–]\s+(?<episode>\d{1,4})(?:\s?-\s?(?<end>\d{1,4}))?(?:v\d)?(?=$|\s*[[(]|\s+[-–]|\s+(?:\d{3,4}p|end\b|final\b))/iu,
    read: (groups, season) => (/^(19|20)\d\d$/.test(groups['episode']!) ? undefined : withEnd(groups, season)),
  },
  {
    // Title 05 [1080p], Title #05
    pattern: /(?<=\p{L})\s+#?(?<episode>\d{2,4})(?:v\d)?(?=$|\s*[[(])/u,
    read: (groups, season) => (/^(19|20)\d\d$/.test(groups['episode']!) ? undefined : withEnd(groups, season)),
  },
  {
    // Old releases: Show 102 HDTV; only what agrees with the folder or comes from those days
    pattern: /(?<=\p{L})\s+(?<season>[1-9]\d?)(?<episode>\d\d)\s+(?=(?:hdtv|dsr|dvdrip|pdtv|xvid)(?![\p{L}]))/iu,
    read: groups => withEnd(groups, Number(groups['season'])),
  },
  {
    // Mini-series: Show Part 2, Show Pt II
    pattern: /(?<=\S)\s+(?:-\s+)?(?:part|pt|teil|parte|partie)\s*(?:(?<episode>\d{1,2})|(?<roman>i{1,3}|iv|vi{0,3}|ix|x))(?![\p{L}\p{N}])/iu,
    read: (groups, season) => withEnd({ ...groups, episode: groups['episode'] ?? String(ROMAN.indexOf(groups['roman']!.toLowerCase())) }, season),
  },
  {
    // 05 - Title at the very start, with no folder to tell the season
    pattern: /^(?<episode>\d{1,3})(?:v\d)?(?:\s+[-–]\s+|\.\s+)(?=\p{L})/u,
    read: (groups, season) => withEnd(groups, season),
  },
]
const ROMAN = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']

/** Finds an episode's number in a name with spaces between words; `season` is what the folder says. */
export function numberingIn(text: string, season: number | undefined): Numbering | undefined {
  for (const { pattern, sure = false, inSeason = false, read } of PATTERNS) {
    if (inSeason && season === undefined) continue
    const found = pattern.exec(text)
    const numbering = found && read(found.groups ?? {}, season)
    if (numbering) return { ...numbering, start: found.index, end: found.index + found[0].length, sure }
  }
  return undefined
}
