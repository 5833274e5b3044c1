import type { UndoSelection } from '@projectionist/shared/events/undo'
import { useState } from 'react'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { Outcome } from './outcome.js'
import { Preview } from './preview.js'

/** Shows what taking something back would change, does it, and shows what came of it. */
export default function TakeBackDialog({ selection, onClose }: { selection: UndoSelection; onClose: () => void }) {
  const [undoId, setUndoId] = useState<string | null>(null)
  return (
    <Dialog open wide onClose={onClose} title={undoId ? 'Taken back' : 'Take it back'}>
      <div className="pb-5">
        {undoId ? (
          <Outcome id={undoId} />
        ) : (
          <Preview
            selection={selection}
            onBegun={setUndoId}
            aside={
              <Button look="bare" onClick={onClose}>
                Leave it as it is
              </Button>
            }
          />
        )}
      </div>
    </Dialog>
  )
}
