import type { ReactNode } from 'react'
import { EditAction } from '../features/editing/edit-action.js'
import { SeeAsOf } from '../features/time-travel/see-as-of.js'
import { TakeBack } from '../features/undo/take-back.js'
import { HistoryActionsProvider } from '../ui/history-actions.js'
import { ItemActionsProvider } from '../ui/item-actions.js'

/** What can be done with items and with what is in the history: features need not know each other. */
export const Actions = ({ children }: { children: ReactNode }) => (
  <ItemActionsProvider actions={target => <EditAction target={target} />}>
    <HistoryActionsProvider
      actions={target => (
        <>
          <TakeBack target={target} />
          <SeeAsOf target={target} />
        </>
      )}
    >
      {children}
    </HistoryActionsProvider>
  </ItemActionsProvider>
)
