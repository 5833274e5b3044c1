import { CloudOff, Hourglass } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useAway } from '../lib/away.js'
import { useKeptIntents } from '../lib/kept-intents.js'
import { usePreparing } from '../lib/preparing.js'
import { counted } from '../lib/words.js'

/**
 * Says when the device is offline or the server has been away for some seconds, and what is kept until then; short gaps pass
 * without a word. Says also when the server is there, but has the library to prepare first.
 */
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
  const preparation = usePreparing()
  if (away !== 'offline' && preparation?.ofLibrary)
    return (
      <Band icon={<Hourglass />}>
        The library is being prepared: <span aria-hidden="true">{preparation.percent} %.</span> What you see may be out of date.
      </Band>
    )
  if (away === null || (serverAway && !long)) return null
  return (
    <Band icon={<CloudOff />}>
      {serverAway
        ? 'The server does not answer. What you see may be out of date; trying again.'
        : 'You are offline. What you see may be out of date.'}
      {kept > 0 && ` ${counted(kept, 'thing you did is', 'things you did are')} kept on this device and will be sent.`}
    </Band>
  )
}

const Band = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <div
    role="status"
    className="sticky top-0 z-20 flex items-center justify-center gap-2 bg-accent px-4 py-1.5 text-small font-medium text-on-accent [&>svg]:size-4 [&>svg]:shrink-0"
  >
    {icon}
    <p>{children}</p>
  </div>
)
