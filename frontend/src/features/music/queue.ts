import type { ItemSummary } from '@projectionist/shared/api/items'

/** A track's place in the queue; the same track may stand in it twice. */
export interface QueueEntry {
  readonly key: string
  readonly item: ItemSummary
  /** Its place when nothing is shuffled. */
  readonly order: number
}

export type Repeat = 'off' | 'all' | 'one'

export interface Queue {
  readonly entries: readonly QueueEntry[]
  /** Index of what plays; -1 when the queue is empty. */
  readonly current: number
  readonly repeat: Repeat
  readonly shuffled: boolean
}

export const emptyQueue: Queue = { entries: [], current: -1, repeat: 'off', shuffled: false }

/** From 0 to below 1. */
export type Random = () => number

/** Fisher and Yates's way, which makes every order equally likely. */
function shuffle<T>(list: readonly T[], random: Random): readonly T[] {
  const result = [...list]
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[result[at], result[other]] = [result[other]!, result[at]!]
  }
  return result
}

const moveFirst = (entries: readonly QueueEntry[], key: string, random: Random) => [
  ...entries.filter(entry => entry.key === key),
  ...shuffle(
    entries.filter(entry => entry.key !== key),
    random,
  ),
]

/** A new queue that starts with `items[start]`; shuffle and repeat stay as they were. Keys are made from `prefix`. */
export function startQueue(queue: Queue, items: readonly ItemSummary[], start: number, prefix: string, random: Random): Queue {
  const entries = items.map((item, order) => ({ key: `${prefix}-${order}`, item, order }))
  const first = entries[Math.min(Math.max(0, start), entries.length - 1)]
  if (!first) return { ...queue, entries: [], current: -1 }
  return queue.shuffled
    ? { ...queue, entries: moveFirst(entries, first.key, random), current: 0 }
    : { ...queue, entries, current: first.order }
}

export const currentEntry = (queue: Queue): QueueEntry | null => queue.entries[queue.current] ?? null

/** What comes after; `byHand` goes past a repeated track and round the end of a repeated queue. Null at the end. */
export function following(queue: Queue, byHand: boolean): number | null {
  if (queue.current < 0) return null
  if (queue.repeat === 'one' && !byHand) return queue.current
  if (queue.current + 1 < queue.entries.length) return queue.current + 1
  return queue.repeat === 'off' ? null : 0
}

/** What came before; null at the start of a queue that is not repeated. */
export function preceding(queue: Queue): number | null {
  if (queue.current > 0) return queue.current - 1
  return queue.repeat === 'off' || queue.entries.length === 0 ? null : queue.entries.length - 1
}

export const goTo = (queue: Queue, index: number): Queue =>
  index >= 0 && index < queue.entries.length ? { ...queue, current: index } : queue

/** Shuffles what comes after the current track, which goes first; or puts everything back in order. */
export function setShuffled(queue: Queue, shuffled: boolean, random: Random): Queue {
  const current = currentEntry(queue)
  if (!current || queue.shuffled === shuffled) return { ...queue, shuffled }
  const entries = shuffled ? moveFirst(queue.entries, current.key, random) : queue.entries.toSorted((a, b) => a.order - b.order)
  return { ...queue, shuffled, entries, current: entries.findIndex(entry => entry.key === current.key) }
}

const nextRepeat: Readonly<Record<Repeat, Repeat>> = { off: 'all', all: 'one', one: 'off' }
export const cycleRepeat = (queue: Queue): Queue => ({ ...queue, repeat: nextRepeat[queue.repeat] })

/** Moves an entry; what plays goes on. Outside a shuffle the new order is the order to come back to. */
export function moveEntry(queue: Queue, from: number, to: number): Queue {
  const moved = queue.entries[from]
  const playing = currentEntry(queue)
  if (!moved || !playing || to < 0 || to >= queue.entries.length || from === to) return queue
  const rest = queue.entries.toSpliced(from, 1).toSpliced(to, 0, moved)
  const entries = queue.shuffled ? rest : rest.map((entry, order) => ({ ...entry, order }))
  return { ...queue, entries, current: entries.findIndex(entry => entry.key === playing.key) }
}

/** Takes an entry out. When it is the current one, what follows it becomes current; at the end, what came before. */
export function removeEntry(queue: Queue, index: number): Queue {
  if (!queue.entries[index]) return queue
  const entries = queue.entries.toSpliced(index, 1)
  const current = index < queue.current ? queue.current - 1 : Math.min(queue.current, entries.length - 1)
  return { ...queue, entries, current }
}

/** Takes out all but what plays. */
export function clearUpcoming(queue: Queue): Queue {
  const current = currentEntry(queue)
  return current ? { ...queue, entries: [current], current: 0 } : { ...queue, entries: [], current: -1 }
}

const albumOf = (entry: QueueEntry | undefined) => entry?.item.parents.find(parent => parent.kind === 'album')?.id

/** Whether the current track is heard as part of its album: a neighbour in the queue is of the same. */
export function heardAsAlbum(queue: Queue, index: number): boolean {
  const album = albumOf(queue.entries[index])
  return album !== undefined && !queue.shuffled && [index - 1, index + 1].some(at => albumOf(queue.entries[at]) === album)
}

/**
 * ReplayGain as a factor of the volume. Within an album its tracks keep their difference. A media element cannot play louder
 * than its file, so positive gains come to 1.
 */
export function gainFactor(
  gains: { readonly trackGainDb: number | null; readonly albumGainDb: number | null },
  asAlbum: boolean,
): number {
  const db = asAlbum ? (gains.albumGainDb ?? gains.trackGainDb) : (gains.trackGainDb ?? gains.albumGainDb)
  return db === null || !Number.isFinite(db) ? 1 : Math.min(1, 10 ** (db / 20))
}
