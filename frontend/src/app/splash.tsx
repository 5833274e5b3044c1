import type { ReactNode } from 'react'
import { Mark } from '../ui/mark.js'

/** Before anything is known. The mark comes after a moment only, so that a quick start shows no flash of it. */
export const Splash = ({ status }: { status?: ReactNode }) => (
  <div className="grid min-h-dvh place-items-center">
    <div role="status" aria-label="Starting" className="flex flex-col items-center gap-2">
      <Mark className="size-14 animate-pulse [animation-delay:400ms]" />
      {status}
    </div>
  </div>
)
