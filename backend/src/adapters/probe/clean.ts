/** Text out of a file, fit to be kept: no control characters, no halves of characters, not without end. Undefined when nothing is left. */
export function cleanText(value: unknown, longest = 1000): string | undefined {
  if (typeof value !== 'string') return undefined
  // oxlint-disable-next-line no-control-regex
  const text = value.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ').replace(/[ \t]+/g, ' ').trim().normalize('NFC')
  return text === '' ? undefined : text.slice(0, longest).toWellFormed()
}

/** Texts, cleaned, each once, at most `most`. */
export function cleanTexts(values: readonly unknown[] | undefined, most = 50): string[] | undefined {
  const texts = [...new Set((values ?? []).map(value => cleanText(value, 200)).filter(text => text !== undefined))].slice(0, most)
  return texts.length > 0 ? texts : undefined
}

export const yearOf = (value: unknown): number | undefined => {
  const year = typeof value === 'string' ? Number(/^\s*(\d{4})/.exec(value)?.[1]) : Number(value)
  return Number.isInteger(year) && year >= 1000 && year <= 9999 ? year : undefined
}

/** A whole day, `YYYY-MM-DD`, that exists. */
export const dayOf = (value: unknown): string | undefined => {
  const day = typeof value === 'string' ? /^\s*(\d{4}-\d\d-\d\d)/.exec(value)?.[1] : undefined
  if (day === undefined || Number(day.slice(0, 4)) < 1000) return undefined
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined
}

/** `2019:03:21 11:04:22`, `2019-03-21T11:04:22+02:00` and the like as `2019-03-21T11:04:22`, the zone left out. */
export const momentOf = (value: unknown): string | undefined => {
  const parts = typeof value === 'string' ? /^\s*(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/.exec(value) : null
  if (!parts) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const parsed = new Date(`${text}Z`)
  return Number(year) >= 1800 && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : undefined
}

/** Drops what is undefined, as optional fields of a contract want it. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
