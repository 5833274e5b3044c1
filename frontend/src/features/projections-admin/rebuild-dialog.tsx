import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { useRebuild } from './read-models-queries.js'

/** Asks before a rebuild of one, or of all where there is no `name`. */
export function RebuildDialog({ name, title, onClose }: { name?: string; title: string; onClose: () => void }) {
  const rebuild = useRebuild()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rebuild ${title}?`}
      description="It is made anew from the log, beside the one in use. Everybody can go on browsing and watching; the server works harder until it is done."
      actions={
        <>
          <Button look="bare" onClick={onClose}>
            Leave it
          </Button>
          <Button look="loud" busy={rebuild.isPending} onClick={() => rebuild.mutate(name, { onSuccess: onClose })}>
            Rebuild
          </Button>
        </>
      }
    >
      {rebuild.error && (
        <p role="alert" className="text-small text-loss">
          {messageOf(rebuild.error)}
        </p>
      )}
    </Dialog>
  )
}
