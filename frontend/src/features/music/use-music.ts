import { useSelected } from '../../lib/use-selected.js'
import { useStore } from '../../lib/store.js'
import { initialState, type PlayerState } from '../../player/player-state.js'
import { music, type MusicState } from './music-store.js'
import { currentEntry, type QueueEntry } from './queue.js'

const still = { get: () => initialState, watch: () => () => {} }

export const useMusic = (): MusicState => useStore(music)

/** A part of the state of what is heard. */
export const useHeard = <S>(select: (state: PlayerState) => S): S => useSelected(useMusic().engine?.state ?? still, select)

export const useCurrent = (): QueueEntry | null => useSelected(music, state => currentEntry(state.queue))

/** Where the track is and how long it is, also before it plays again after a reload. */
export function useTimes(): { readonly positionMs: number; readonly durationMs: number } {
  const { restoredMs } = useMusic()
  const entry = useCurrent()
  const idle = useHeard(state => state.phase === 'idle')
  const positionMs = useHeard(state => state.positionMs)
  const durationMs = useHeard(state => state.durationMs)
  return { positionMs: idle ? restoredMs : positionMs, durationMs: durationMs || (entry?.item.durationMs ?? 0) }
}
