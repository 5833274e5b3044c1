import type { UndoSelection } from '@projectionist/shared/events/undo'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { undoPath, undoWords, useTakeBack } from '../lib/undo.js'
import { notify, notifyError } from './toast.js'

/**
 * The way back in a toast: `notify({ text: 'Saved', undo: () => takeBack({ of: 'cause', correlationId }) })`. Takes back at once, and
 * tells what came of it: with the way forward again, or where one sees what stays and why.
 */
export function useUndoToast(): (selection: UndoSelection) => void {
  const takeBack = useTakeBack()
  const navigate = useNavigate()
  return useCallback(
    selection => {
      const run = async (what: UndoSelection): Promise<void> => {
        const undo = await takeBack(what)
        const whole = undo.state === 'done' && undo.conflicts === 0 && undo.reverted > 0
        notify(
          whole
            ? {
                text: undoWords(undo),
                action: { label: 'Do it again', run: () => start({ of: 'cause', correlationId: undo.id }) },
              }
            : { text: undoWords(undo), action: { label: 'See why', run: () => void navigate(undoPath(undo.id)) } },
        )
      }
      const start = (what: UndoSelection): void => void run(what).catch((error: unknown) => notifyError(error, () => start(what)))
      start(selection)
    },
    [takeBack, navigate],
  )
}
