/** `7:04`, `1:07:04`; hours are shown as soon as `longestMs` has them, so that a row of times lines up. Halves never round up. */
export function clock(ms: number, longestMs: number = ms): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60] as const
  const pad = (value: number) => String(value).padStart(2, '0')
  return longestMs >= 3_600_000 || parts[0] > 0 ? `${parts[0]}:${pad(parts[1])}:${pad(parts[2])}` : `${parts[1]}:${pad(parts[2])}`
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** For screen readers: `1 hour 7 minutes 4 seconds`; nothing of zero but `0 seconds` itself. */
export function spoken(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, noun]) => counted(count, noun))
      .join(' ') || '0 seconds'
  )
}

/** The time of day, by the person's own clock and habits, when what is left has played at this speed. */
export function endsAt(leftMs: number, rate: number, now: Date): string {
  return new Date(now.getTime() + leftMs / rate).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' })
}
