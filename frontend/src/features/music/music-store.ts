import type { ItemSummary } from '@projectionist/shared/api/items'
import { createStore } from '../../lib/store.js'
import type { Engine } from '../../player/engine.js'
import { keepMusic, keptMusic } from './kept-queue.js'
import type { Queue } from './queue.js'

export interface MusicState {
  readonly queue: Queue
  /** Plays what is current; null until something was played in this page. */
  readonly engine: Engine | null
  /** Where a reload left off, until it plays again. */
  readonly restoredMs: number
}

const restored = keptMusic(sessionStorage)
/** What this tab listens to. */
export const music = createStore<MusicState>({ queue: restored.queue, engine: null, restoredMs: restored.positionMs })

export const queueNow = (): Queue => music.get().queue

/** Keeps queue and place for a reload of this tab. */
export function keep(): void {
  const { queue, engine, restoredMs } = music.get()
  const playing = engine?.state.get()
  keepMusic(sessionStorage, { queue, positionMs: playing && playing.phase !== 'idle' ? playing.positionMs : restoredMs })
}

/** The track's own artist, or its album's. */
export const artistOf = (item: ItemSummary): string =>
  item.artist ?? item.parents.find(parent => parent.kind === 'artist')?.title ?? ''
