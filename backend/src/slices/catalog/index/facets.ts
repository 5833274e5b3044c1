export interface Count<V> {
  readonly value: V
  readonly count: number
}
export interface Facets {
  /** Most frequent first. */
  readonly genres: Count<string>[]
  /** First years of decades, ascending. */
  readonly decades: Count<number>[]
  /** Best first. */
  readonly qualities: Count<string>[]
}

const best = ['4K', '1080p', '720p', 'SD']
const byValue = <V extends string | number>(a: Count<V>, b: Count<V>): number => (a.value < b.value ? -1 : 1)
const counted = <V>(counts: Iterable<[V, number]>): Count<V>[] => Array.from(counts, ([value, count]) => ({ value, count }))

export function genreFacet(counts: Iterable<[string, number]>): Facets['genres'] {
  return counted(counts).sort((a, b) => b.count - a.count || byValue(a, b))
}

export function decadeFacet(years: Iterable<[number, number]>): Facets['decades'] {
  const decades = new Map<number, number>()
  for (const [year, count] of years) {
    const decade = Math.floor(year / 10) * 10
    decades.set(decade, (decades.get(decade) ?? 0) + count)
  }
  return counted(decades).sort(byValue)
}

export function qualityFacet(counts: Iterable<[string, number]>): Facets['qualities'] {
  return counted(counts).sort((a, b) => best.indexOf(a.value) - best.indexOf(b.value) || byValue(a, b))
}
