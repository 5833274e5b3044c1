import { createKeptStore } from '../lib/store.js'

/** How this person likes to watch and listen in this browser. */
export interface PlayerPreferences {
  readonly volume: number
  readonly muted: boolean
  readonly captionSize: 'small' | 'medium' | 'large' | 'huge'
  readonly captionLook: 'outline' | 'box'
  /** The next episode begins by itself. */
  readonly playsNext: boolean
}

export const playerPreferences = createKeptStore<PlayerPreferences>('player', {
  volume: 1,
  muted: false,
  captionSize: 'medium',
  captionLook: 'outline',
  playsNext: true,
})

export const prefer = (changed: Partial<PlayerPreferences>) => playerPreferences.set(current => ({ ...current, ...changed }))
