import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useKeptIntents } from '../../lib/kept-intents.js'

const shownAfterMs = 3_000

/** Says that one’s place is safe though the server does not hear of it now. Short gaps pass without a word. */
export function KeptNote() {
  const some = useKeptIntents() > 0
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!some) return setLong(false)
    const timer = setTimeout(() => setLong(true), shownAfterMs)
    return () => clearTimeout(timer)
  }, [some])
  if (!some || !long) return null
  return (
    <p
      role="status"
      className="glass appear flex max-w-[calc(100vw-2rem)] items-center gap-2.5 rounded-l px-4 py-2 text-small text-ink-1 shadow-raised ring-1 ring-line"
    >
      <CloudOff className="size-4 shrink-0 text-accent" aria-hidden="true" />
      Your place is kept on this device, and will be sent.
    </p>
  )
}
