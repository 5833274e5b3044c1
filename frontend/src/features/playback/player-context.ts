import type { Item } from '@projectionist/shared/api/items'
import { createContext, useContext } from 'react'
import { useSelected } from '../../lib/use-selected.js'
import type { Engine } from '../../player/engine.js'
import type { PlayerState } from '../../player/player-state.js'
import type { FlashSign } from './flash.js'

/** What the parts of the player share. */
export interface Player {
  readonly engine: Engine
  readonly item: Item | undefined
  readonly root: HTMLElement | null
  /** Shows for a moment what a key or a gesture did. */
  readonly flash: (sign: FlashSign) => void
  /** Keeps the controls in sight while something of them is open or held. */
  readonly hold: (what: string, held: boolean) => void
  readonly playNext: (() => void) | null
  readonly leave: () => void
}

export const PlayerContext = createContext<Player | null>(null)

export function usePlayer(): Player {
  const player = useContext(PlayerContext)
  if (!player) throw new Error('Only inside a player')
  return player
}

/** A part of the engine's state. */
export const usePlayerState = <S>(select: (state: PlayerState) => S): S => useSelected(usePlayer().engine.state, select)

/** Focuses the first of the controls a selector stands for that is on the screen: phones and others have their own. */
export const focusControl = (root: ParentNode | null | undefined, selector: string): boolean => {
  const control = [...(root?.querySelectorAll<HTMLElement>(selector) ?? [])].find(element => element.getClientRects().length > 0)
  control?.focus()
  return control !== undefined
}
