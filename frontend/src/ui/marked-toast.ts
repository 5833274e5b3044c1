import { useCallback } from 'react'
import { keptWords } from '../lib/kept-intents.js'
import type { Marked } from '../lib/watched.js'
import { notify } from './toast.js'
import { useUndoToast } from './undo-toast.js'

/** Tells what was marked, with the way back to how it was before: what was watched stays watched. */
export function useMarkedToast(): (text: string, marked: Marked) => void {
  const takeBack = useUndoToast()
  return useCallback(
    (text, marked) =>
      notify(
        'cause' in marked
          ? { text, undo: () => takeBack({ of: 'cause', correlationId: marked.cause }) }
          : { text, detail: keptWords, undo: () => withdraw(marked) },
      ),
    [takeBack],
  )
}

const withdraw = (marked: Extract<Marked, { withdraw: unknown }>): void => {
  if (!marked.withdraw()) notify({ text: 'The server has it by now. Take it back in your history.' })
}
