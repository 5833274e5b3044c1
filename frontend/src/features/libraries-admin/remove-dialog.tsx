import type { Library } from '@projectionist/shared/api/libraries'
import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { notify } from '../../ui/toast.js'
import { useUndoToast } from '../../ui/undo-toast.js'
import { useRemoveLibrary } from './library-mutations.js'

export function RemoveDialog({ library, onClose }: { library: Library; onClose: () => void }) {
  const remove = useRemoveLibrary()
  const takeBack = useUndoToast()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove “${library.name}”?`}
      description="It is no longer shown to anybody. The files stay where they are, and what was watched stays in the history; all of it can be brought back."
      actions={
        <>
          <Button look="bare" onClick={onClose}>
            Keep it
          </Button>
          <Button
            look="loss"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(library.id, {
                onSuccess({ id }) {
                  notify({ text: `“${library.name}” is removed`, undo: () => takeBack({ of: 'cause', correlationId: id }) })
                  onClose()
                },
              })
            }
          >
            Remove the library
          </Button>
        </>
      }
    >
      {remove.error && (
        <p role="alert" className="text-small text-loss">
          {messageOf(remove.error)}
        </p>
      )}
    </Dialog>
  )
}
