import { emptyQueue, type Queue } from './queue.js'

/** What this tab was listening to, so that a reload goes on where it was. */
export interface KeptMusic {
  readonly queue: Queue
  readonly positionMs: number
}

const key = 'music'

export function keepMusic(storage: Pick<Storage, 'setItem' | 'removeItem'>, music: KeptMusic): void {
  try {
    if (music.queue.entries.length === 0) storage.removeItem(key)
    else storage.setItem(key, JSON.stringify(music))
  } catch {
    // Too long a queue for this browser's storage: it lasts until the page is left.
  }
}

/** What is there but of another shape, as after an update, counts as nothing. */
export function keptMusic(storage: Pick<Storage, 'getItem'>): KeptMusic {
  const none = { queue: emptyQueue, positionMs: 0 }
  try {
    const kept = JSON.parse(storage.getItem(key) ?? 'null') as Partial<KeptMusic> | null
    const queue = kept?.queue
    if (!queue || !Array.isArray(queue.entries) || !queue.entries[queue.current]?.item?.id) return none
    return { queue: { ...emptyQueue, ...queue }, positionMs: Number(kept.positionMs) || 0 }
  } catch {
    return none
  }
}
