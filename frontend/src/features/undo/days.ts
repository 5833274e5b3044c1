/** A stretch of time between two days, both whole, by the person's zone. */
export interface Stretch {
  readonly from: string
  readonly to: string
}

const dayOf = (date: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Stretches people name: today, yesterday, last Sunday, the last seven days. Days as `YYYY-MM-DD`. */
export function namedStretches(now: Date): readonly { readonly label: string; readonly first: string; readonly last: string }[] {
  const before = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)
  const sinceSunday = now.getDay() === 0 ? 7 : now.getDay()
  return [
    { label: 'Today', first: dayOf(now), last: dayOf(now) },
    { label: 'Yesterday', first: dayOf(before(1)), last: dayOf(before(1)) },
    { label: 'Last Sunday', first: dayOf(before(sinceSunday)), last: dayOf(before(sinceSunday)) },
    { label: 'Last seven days', first: dayOf(before(6)), last: dayOf(now) },
  ]
}

/** The moments a stretch of days goes from and to; null when it is none. */
export function momentsOf(first: string, last: string): Stretch | null {
  const from = new Date(`${first}T00:00:00`)
  const to = new Date(`${last}T00:00:00`)
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return null
  to.setDate(to.getDate() + 1)
  return from < to ? { from: from.toISOString(), to: to.toISOString() } : null
}
