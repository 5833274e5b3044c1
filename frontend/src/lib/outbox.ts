import type { Call, Response } from '@projectionist/shared/api/endpoint'
import type { sendIntents } from '@projectionist/shared/api/playback'
import { createStore, type Store } from './store.js'

export type KeptIntent = Call<typeof sendIntents>['body']['intents'][number]
type Results = Response<typeof sendIntents>['results']

export interface OutboxParts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  /** Id of the signed-in person, null while nobody is. */
  readonly person: () => string | null
  /** A result for each; `away`: worth trying again later; `malformed`: not these, not together. Never rejects. */
  readonly send: (intents: readonly KeptIntent[]) => Promise<Results | 'away' | 'malformed'>
  /** Runs work while no other tab of this browser does. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>
  /** Runs once after `ms`, unless the returned function is called before. */
  readonly after: (ms: number, run: () => void) => () => void
  /** The server will never take these. */
  readonly refused: (intents: readonly KeptIntent[]) => void
}

export interface Outbox {
  /** How many intents of the signed-in person are kept here. */
  readonly waiting: Store<number>
  /**
   * Keeps an intent on this device until the server has it; a later one about the same takes the place of an earlier. Returns what
   * makes that as if it had never been, and is false once the server has it, or something later has its place.
   */
  readonly keep: (intent: KeptIntent) => () => boolean
  /** A play's report has reached the server another way: those before it need not be sent, but for the one that came to the end. */
  readonly arrived: (playId: string, sequence: number) => void
  /** Sends what is kept, oldest first; resolves when nothing is left, or the server is away. */
  readonly flush: () => Promise<void>
  /** Looks again for what other tabs and earlier visits have kept. */
  readonly look: () => void
}

const batchSize = 100
const mostKept = 500
const retryMs = [5_000, 15_000, 60_000] as const

/**
 * What a person does while the server is out of reach, kept in this browser for each person, and sent when it is back. Sending
 * twice is safe: the server knows each by its number. Of a play the last report is kept, and the first that came to its end.
 */
export function createOutbox({ storage, person, send, exclusively, after, refused }: OutboxParts): Outbox {
  const waiting = createStore(0)
  let failures = 0
  let cancelRetry = () => {}

  const prefix = () => `outbox:${person()}:`
  const read = (key: string): KeptIntent | null => {
    try {
      return JSON.parse(storage.getItem(key) ?? 'null') as KeptIntent | null
    } catch {
      return null
    }
  }
  const kept = (): { key: string; intent: KeptIntent }[] => {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter(key =>
      key.startsWith(prefix()),
    )
    const entries = keys.map(key => ({ key, intent: read(key) }))
    return entries
      .filter((entry): entry is { key: string; intent: KeptIntent } => entry.intent !== null)
      .toSorted((a, b) => a.intent.sequence - b.intent.sequence)
  }
  const look = () => waiting.set(person() === null ? 0 : kept().length)

  const remove = (key: string, sequence: number) => {
    // A later one may have taken its place while it was under way.
    if ((read(key)?.sequence ?? Infinity) <= sequence) storage.removeItem(key)
  }

  const keep = (intent: KeptIntent) => {
    const places: { readonly key: string; readonly before: string | null }[] = []
    const withdraw = () => {
      if (places.length === 0 || places.some(({ key }) => read(key)?.sequence !== intent.sequence)) return false
      for (const { key, before } of places)
        if (before === null) storage.removeItem(key)
        else storage.setItem(key, before)
      look()
      return true
    }
    if (person() === null) return withdraw
    for (const slot of slotsOf(intent)) {
      const key = prefix() + slot
      if (slot.startsWith('end:') ? read(key) !== null : (read(key)?.sequence ?? -1) >= intent.sequence) continue
      try {
        const before = storage.getItem(key)
        storage.setItem(key, JSON.stringify(intent))
        places.push({ key, before })
      } catch {
        // Storage is full or forbidden: the page itself still tries while it is open.
      }
    }
    for (const { key } of kept().slice(0, -mostKept)) storage.removeItem(key)
    look()
    retryLater()
    return withdraw
  }

  const retryLater = () => {
    cancelRetry()
    cancelRetry = after(retryMs[Math.min(failures, retryMs.length - 1)]!, () => void flush())
  }

  /** False when the server is away. */
  const sendAll = async (whose: string): Promise<boolean> => {
    for (let size = batchSize; ;) {
      const batch = person() === whose ? kept().slice(0, size) : []
      if (batch.length === 0) return true
      const results = await send(batch.map(({ intent }) => intent))
      if (results === 'away') return false
      if (results === 'malformed' && batch.length > 1) {
        size = Math.ceil(batch.length / 2)
        continue
      }
      const turnedDown = batch.filter((_, index) => results === 'malformed' || results[index]?.result === 'refused')
      for (const { key, intent } of batch) remove(key, intent.sequence)
      if (turnedDown.length > 0) refused(turnedDown.map(({ intent }) => intent))
      size = batchSize
    }
  }

  let sending: Promise<void> | null = null
  const flush = (): Promise<void> => {
    look()
    if (waiting.get() === 0) return Promise.resolve()
    cancelRetry()
    return (sending ??= exclusively(async () => {
      const whose = person()
      const done = whose === null || (await sendAll(whose))
      failures = done ? 0 : failures + 1
      if (!done) retryLater()
    }).finally(() => {
      sending = null
      look()
    }))
  }

  return {
    waiting,
    keep,
    arrived: (playId, sequence) => {
      if (waiting.get() === 0) return
      remove(`${prefix()}play:${playId}`, sequence)
      if (read(`${prefix()}end:${playId}`)?.sequence === sequence) remove(`${prefix()}end:${playId}`, sequence)
      look()
    },
    flush,
    look,
  }
}

/** What an intent is about: of each, one is kept. */
function slotsOf(intent: KeptIntent): string[] {
  switch (intent.kind) {
    case 'progress': {
      const atTheEnd = intent.positionMs >= intent.durationMs * 0.9
      return [`play:${intent.playId}`, ...(atTheEnd ? [`end:${intent.playId}`] : [])]
    }
    case 'watched':
    case 'unwatched':
      return [`mark:${intent.itemId}`]
    case 'rated':
      return [`rating:${intent.itemId}`]
    case 'dismissed':
      return [`dismissed:${intent.playId}`]
  }
}
