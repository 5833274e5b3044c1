import type { User } from '@projectionist/shared/api/accounts'
import { useState } from 'react'
import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { LibraryChoice } from './library-choice.js'
import { useChangeUser } from './users-queries.js'

export function AccessDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [libraries, setLibraries] = useState(user.libraries)
  const change = useChangeUser(user.id)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`What ${user.name} sees`}
      actions={
        <Button look="loud" busy={change.isPending} onClick={() => change.mutate({ libraries }, { onSuccess: onClose })}>
          Save
        </Button>
      }
    >
      <LibraryChoice value={libraries} onChange={setLibraries} />
      {change.error && (
        <p role="alert" className="mt-2 text-small text-loss">
          {messageOf(change.error)}
        </p>
      )}
    </Dialog>
  )
}
