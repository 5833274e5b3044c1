import { Pencil } from 'lucide-react'
import { Suspense, useState } from 'react'
import { later } from '../../lib/late-parts.js'
import { past } from '../../lib/past.js'
import { useMe } from '../../lib/queries.js'
import { Button } from '../../ui/button.js'
import type { ItemTarget } from '../../ui/item-actions.js'
import { isDialogOpen, isMenuOpen } from '../../ui/open-dialog.js'
import { isPlain, useKeyDown } from '../../ui/use-key-down.js'

const EditDialog = later(() => import('./edit-dialog.js'))
const BulkEditDialog = later(() => import('./bulk-edit-dialog.js'))

/** Lets admins edit an item, or all that are selected; E does the same. */
export function EditAction({ target: { place, items, onDone = () => {} } }: { target: ItemTarget }) {
  const admin = useMe().role === 'admin'
  const [open, setOpen] = useState(false)
  useKeyDown(event => {
    const busy = !isPlain(event) || isDialogOpen() || isMenuOpen()
    const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
    if (!admin || past.get() || busy || typing || event.key.toLowerCase() !== 'e' || items.length === 0) return
    event.preventDefault()
    setOpen(true)
  })
  const [only] = items
  if (!admin) return null
  return (
    <>
      <Button
        command
        look={place === 'page' ? 'quiet' : 'bare'}
        className={place === 'page' ? 'mt-4' : ''}
        icon={<Pencil />}
        disabled={items.length === 0}
        aria-keyshortcuts="e"
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      {open && only && (
        <Suspense>
          {items.length === 1 ? (
            <EditDialog item={only} onClose={() => setOpen(false)} onDone={onDone} />
          ) : (
            <BulkEditDialog items={items} onClose={() => setOpen(false)} onDone={onDone} />
          )}
        </Suspense>
      )}
    </>
  )
}
