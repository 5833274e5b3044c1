import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAway } from '../lib/away.js'
import { useKeptIntents } from '../lib/kept-intents.js'
import { counted } from '../lib/words.js'

/** Says when the device is offline or the server has been away for some seconds, and what is kept until then; short gaps pass without a word. */
export function ConnectionBanner() {
  const away = useAway()
  const serverAway = away === 'server'
  const kept = useKeptIntents()
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!serverAway) return setLong(false)
    const timer = setTimeout(() => setLong(true), 4000)
    return () => clearTimeout(timer)
  }, [serverAway])
  if (away === null || (serverAway && !long)) return null
  return (
    <div
      role="status"
      className="sticky top-0 z-20 flex items-center justify-center gap-2 bg-accent px-4 py-1.5 text-small font-medium text-on-accent"
    >
      <CloudOff className="size-4 shrink-0" />
      {serverAway
        ? 'The server does not answer. What you see may be out of date; trying again.'
        : 'You are offline. What you see may be out of date.'}
      {kept > 0 && ` ${counted(kept, 'thing you did is', 'things you did are')} kept on this device and will be sent.`}
    </div>
  )
}
