import { createContext, useContext, type ReactNode } from 'react'

/** What a button on the history is about: one entry, or a line of entries that one cause brought about. */
export interface HistoryTarget {
  readonly kind: 'group' | 'entry'
  /** Ties together what one cause brought about; of a play, its id. */
  readonly correlationId: string
  /** The event of an entry; of a group all its events where they are few, else absent: then `correlationId` and `ownerId` say which. */
  readonly eventIds?: readonly string[] | undefined
  /** The person whose own streams (account, plays) a group is about; null: everybody's. */
  readonly ownerId: string | null
  /** Names of the kinds of events in it. */
  readonly types: readonly string[]
  /** Place in the log of the entry, or of the last one of a group so far: as of here it has happened. */
  readonly position: string
  /** When that was. */
  readonly at: string
  /** What it happened to; of a group with several, the first. `id` is what follows the category in the stream's name. */
  readonly subject: { readonly category: string; readonly id: string; readonly title: string | null }
  /** How many events: 1 for an entry. */
  readonly count: number
}

/** Makes the buttons of an entry or a group; null where there are none. Called while rendering, so hooks belong into what it returns. */
export type HistoryActions = (target: HistoryTarget) => ReactNode

const context = createContext<HistoryActions>(() => null)

/** Gives every history below it these buttons: the router composes them, so that features need not know each other. */
export const HistoryActionsProvider = ({ actions, children }: { actions: HistoryActions; children: ReactNode }) => (
  <context.Provider value={actions}>{children}</context.Provider>
)

/** The buttons that histories here have. */
export const useHistoryActions = (): HistoryActions => useContext(context)
