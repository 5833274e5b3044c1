import type { ItemSummary } from '@projectionist/shared/api/items'
import { createContext, useContext, type ReactNode } from 'react'

/** Where buttons are about to stand: on the page of an item, or in the bar of a selection. */
export interface ItemTarget {
  readonly place: 'page' | 'selection'
  readonly items: readonly ItemSummary[]
  /** To be called when something was done with the selection. */
  readonly onDone?: () => void
}

/** Makes the buttons; null where there are none. Called while rendering, so hooks belong into what it returns. */
export type ItemActions = (target: ItemTarget) => ReactNode

const context = createContext<ItemActions>(() => null)

/** Gives every item and selection below it these buttons: the router composes them, so that features need not know each other. */
export const ItemActionsProvider = ({ actions, children }: { actions: ItemActions; children: ReactNode }) => (
  <context.Provider value={actions}>{children}</context.Provider>
)

export const useItemActions = (): ItemActions => useContext(context)
