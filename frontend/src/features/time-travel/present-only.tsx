import { useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { Outlet, useNavigate } from 'react-router'
import { lookAt, momentWords, usePast } from '../../lib/past.js'
import { Button } from '../../ui/button.js'
import { Empty } from '../../ui/state.js'

/** For pages that play: playing belongs to now. */
export function PresentOnly() {
  const looking = usePast()
  const client = useQueryClient()
  const navigate = useNavigate()
  if (!looking) return <Outlet />
  return (
    <main className="grid min-h-dvh place-items-center">
      <title>Back to now to play · Projectionist</title>
      <Empty
        icon={<Undo2 />}
        title="Back to now to play"
        action={
          <>
            <Button onClick={() => void navigate(-1)}>Stay there</Button>
            <Button look="loud" onClick={() => void lookAt(client, null)}>
              Back to now and play
            </Button>
          </>
        }
      >
        You are seeing the library as it was on {momentWords(looking.at)}. What is played counts from now on.
      </Empty>
    </main>
  )
}
