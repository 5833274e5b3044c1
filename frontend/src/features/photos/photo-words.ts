/** Degrees as people write them: `36.9516° N, 4.5408° W`. */
export function coordinates({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): string {
  const part = (degrees: number, positive: string, negative: string) =>
    `${Math.abs(degrees).toFixed(4)}° ${degrees < 0 ? negative : positive}`
  return `${part(latitude, 'N', 'S')}, ${part(longitude, 'E', 'W')}`
}

/** `12 MP`, `0.4 MP`. */
export function megapixels(width: number, height: number): string {
  const value = (width * height) / 1e6
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} MP`
}

/** The camera's own local time, without a zone: `Monday 11 May 2019, 14:34`. */
export function takenWords(takenAt: string, locale?: string): string {
  const date = new Date(takenAt)
  if (Number.isNaN(date.getTime())) return takenAt
  return date.toLocaleString(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
}
