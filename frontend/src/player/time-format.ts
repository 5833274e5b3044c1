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

/** How long something still takes: `1 h 7 min`, `7 min`, `less than a minute`. */
export function roughly(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  return minutes < 60
    ? `${minutes} min`
    : [`${Math.floor(minutes / 60)} h`, ...(minutes % 60 ? [`${minutes % 60} min`] : [])].join(' ')
}

/** The time of day, by the person's own clock and habits, when what is left has played at this speed. */
export function endsAt(leftMs: number, rate: number, now: Date): string {
  return new Date(now.getTime() + leftMs / rate).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' })
}

/** `8 Mbit/s`, `640 kbit/s`. */
export function bitRate(bitsPerSecond: number): string {
  if (bitsPerSecond < 1_000_000) return `${Math.round(bitsPerSecond / 1000)} kbit/s`
  const megabits = bitsPerSecond / 1_000_000
  return `${megabits < 10 ? Number(megabits.toFixed(1)) : Math.round(megabits)} Mbit/s`
}
