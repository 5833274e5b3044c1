type Data = Readonly<Record<string, unknown>>

const clock = (ms: unknown): string => {
  const seconds = Math.floor(Number(ms ?? 0) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part =>
    String(part).padStart(2, '0'),
  )
  return parts.join(':')
}
const device = (data: Data): string => (data['device'] as { name?: string } | undefined)?.name ?? 'a device'

const words: Readonly<Record<string, (data: Data) => string>> = {
  UserAdded: ({ name }) => `Account added under the name ${String(name)}`,
  UserRenamed: ({ name }) => `Renamed to ${String(name)}`,
  UserRoleChanged: ({ role }) => (role === 'admin' ? 'Became an admin' : 'Became a member'),
  LibraryAccessChanged: ({ libraries }) =>
    libraries === 'all' ? 'May see all libraries' : `May see ${(libraries as unknown[]).length} libraries`,
  PasswordChanged: () => 'Password changed',
  SignedIn: data => `Signed in on ${device(data)}`,
  SignInsRefused: ({ times }) => (times === 1 ? 'A sign-in was refused' : `${String(times)} sign-ins were refused`),
  SignedOut: () => 'Signed out',
  SessionTheftSuspected: () => 'Sessions of a device ended, because a used token came again',
  UserDisabled: () => 'Account disabled',
  UserEnabled: () => 'Account let in again',
  PlaybackStarted: data => `Began to play on ${device(data)}`,
  PlaybackProgressed: ({ positionMs, cause }) =>
    `${cause === 'minute' ? 'Playing' : `Reported (${String(cause)})`} at ${clock(positionMs)}`,
  PlaybackCompleted: () => 'Played to the end',
  MarkedWatched: () => 'Marked as watched',
  MarkedUnwatched: () => 'Marked as unwatched',
  ItemRated: ({ rating }) => (rating === null ? 'Took the rating back' : `Rated ${String(rating)} of 10`),
  PlayStopped: () => 'Playing was stopped by somebody else',
  HistoryExported: () => 'Exported the history',
  TranscodeStarted: ({ method }) =>
    method === 'remux' ? 'Playing was repackaged for the device' : 'Playing was converted for the device',
  TranscodeEnded: () => 'Converting ended',
  TranscodeFailed: () => 'Converting failed',
}

/** What happened, in words for the person it happened to; the event's own name, spelt out, where there are none. */
export function wordsOf({ type, data }: { readonly type: string; readonly data: unknown }): string {
  return words[type]?.(data as Data) ?? type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}

/** A line of a table that every spreadsheet opens (RFC 4180); text that one would take for a formula is quoted. */
export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  `${cells.map(cell).join(',')}\r\n`

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const readme = (name: string, at: Date): string => `Everything Projectionist keeps of ${name}, as of ${at.toISOString()}.

account.json    your account, and what you may see
devices.csv     devices that are signed in
watching.csv    where you stand with each film, episode, track …
ratings.csv     what you rated
history.csv     everything that happened, in words, item by item
events.jsonl    the same as Projectionist keeps it: one event a line, with all its data

Times are in UTC. Titles are missing where you may no longer see the item, or it is gone. Your password is kept as a hash, which nobody
can read; it is not in here. What you changed in the libraries themselves belongs to their history, where you are a number.
`
