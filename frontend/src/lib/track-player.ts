import type { ItemSummary } from '@projectionist/shared/api/items'
import { createContext, useContext } from 'react'
import { createStore } from './store.js'

/** Plays tracks from `startIndex` on. The app puts the music queue here, so that features need not know each other. */
export type PlayTracks = (items: readonly ItemSummary[], startIndex: number) => void

export const TrackPlayer = createContext<PlayTracks>(() => {})
export const usePlayTracks = (): PlayTracks => useContext(TrackPlayer)

/** Id of the track that is current in the queue, and whether it sounds; null while there is none. */
export const heardTrack = createStore<{ readonly id: string; readonly playing: boolean } | null>(null)
