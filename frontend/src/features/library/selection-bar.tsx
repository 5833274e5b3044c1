import type { ItemSummary } from '@projectionist/shared/api/items'
import { Eye, EyeOff, X } from 'lucide-react'
import { counted } from '../../lib/words.js'
import { markedOtherwise, useMarkWatched } from '../../lib/watched.js'
import { Button, IconButton } from '../../ui/button.js'
import { useItemActions } from '../../ui/item-actions.js'
import { useMarkedToast } from '../../ui/marked-toast.js'
import { isDialogOpen } from '../../ui/open-dialog.js'
import { notify, notifyError } from '../../ui/toast.js'
import { isPlain, useKeyDown } from '../../ui/use-key-down.js'

/** What can be done with the items that are selected. */
export function SelectionBar({ items, onDone }: { items: readonly ItemSummary[]; onDone: () => void }) {
  const mark = useMarkWatched()
  const tell = useMarkedToast()
  const markAll = (watched: boolean) => {
    const changed = markedOtherwise(items, watched)
    const as = watched ? 'watched' : 'unwatched'
    if (changed.length === 0) {
      onDone()
      notify({ text: `All of these were ${as} already` })
      return
    }
    mark.mutate(
      { items: changed, watched },
      {
        onSuccess(marked) {
          onDone()
          tell(`Marked ${counted(changed.length, 'item', 'items')} as ${as}`, marked)
        },
        onError: error => notifyError(error, () => markAll(watched)),
      },
    )
  }
  useKeyDown(event => {
    const busy = !isPlain(event) || isDialogOpen()
    if (!busy && event.key.toLowerCase() === 'w' && items.length > 0 && !mark.isPending) markAll(true)
  })
  return (
    <div
      role="toolbar"
      aria-label="Selected items"
      className="appear fixed inset-x-4 bottom-[calc(var(--dock)+var(--bar)+env(safe-area-inset-bottom)+1rem)] z-30 mx-auto flex w-fit max-w-full items-center gap-1 rounded-l bg-surface-3 p-1.5 pl-4 shadow-raised ring-1 ring-line md:left-(--side)"
    >
      <span className="figures mr-2 text-small font-medium whitespace-nowrap text-ink-1" aria-live="polite">
        {items.length === 0 ? 'Pick some' : `${items.length.toLocaleString()} selected`}
      </span>
      <Button
        command
        look="bare"
        icon={<Eye />}
        disabled={items.length === 0}
        busy={mark.isPending}
        onClick={() => markAll(true)}
        aria-keyshortcuts="w"
      >
        Watched
      </Button>
      <Button
        command
        look="bare"
        icon={<EyeOff />}
        disabled={items.length === 0}
        busy={mark.isPending}
        onClick={() => markAll(false)}
      >
        Unwatched
      </Button>
      {useItemActions()({ place: 'selection', items, onDone })}
      <IconButton label="Select nothing" shortcut="Escape" size="s" onClick={onDone}>
        <X />
      </IconButton>
    </div>
  )
}
