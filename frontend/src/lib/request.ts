import type { Endpoint } from '@projectionist/shared/api/endpoint'

/** Address of a call: path parameters filled in and encoded, lists in the query repeated, what is undefined left out. */
export function addressOf(
  path: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new TypeError(`${path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value])
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
  const text = search.toString()
  return `/api${filled}${text && '?'}${text}`
}

/**
 * Whether a call says which moment the person looks at: what shows the library, so that it is that moment's, and what would change
 * it, so that the server refuses.
 */
export const namesPast = ({ method, access, past }: Pick<Endpoint, 'method' | 'access' | 'past'>): boolean =>
  past === 'shown' || (method !== 'GET' && access !== 'anyone' && past !== 'allowed')
