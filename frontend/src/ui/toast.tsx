import { Suspense, useEffect, useState } from 'react'
import { later } from '../lib/late-parts.js'
import { messageOf } from '../lib/problem.js'
import { createStore } from '../lib/store.js'

/** Something to tell. Lasts for ever where `lastsMs` is 0, until it is closed. */
export interface Notice {
  readonly text: string
  readonly detail?: string | undefined
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
  readonly lastsMs: number
  readonly failed: boolean
}

/** What has not been shown yet. */
export const notices = createStore<readonly Notice[]>([])
const tell = (notice: Notice) => notices.set(waiting => [...waiting, notice])

interface Told {
  readonly text: string
  readonly detail?: string
  /** Takes back what was just done; offered as a button while the toast is there. */
  readonly undo?: () => void
  readonly action?: { readonly label: string; readonly run: () => void }
  /** Stays until it is closed. */
  readonly sticky?: boolean
}

/** Tells what has just happened, with a way back: `notify({ text: 'Marked as watched', undo })`. */
export const notify = ({ text, detail, undo, action, sticky = false }: Told): void =>
  tell({
    text,
    detail,
    action: undo ? { label: 'Undo', run: undo } : action,
    lastsMs: sticky ? 0 : undo ? 8000 : 5000,
    failed: false,
  })

/** Tells that something did not work, in the problem's own words. */
export const notifyError = (error: unknown, retry?: () => void): void =>
  tell({ text: messageOf(error), action: retry && { label: 'Try again', run: retry }, lastsMs: 8000, failed: true })

const ToastList = later(() => import('./toast-list.js'))

/** Where toasts appear; mounted once. What shows them is fetched with the first. */
export function Toasts() {
  const [needed, setNeeded] = useState(notices.get().length > 0)
  useEffect(() => notices.watch(() => setNeeded(true)), [])
  return <Suspense>{needed && <ToastList />}</Suspense>
}
