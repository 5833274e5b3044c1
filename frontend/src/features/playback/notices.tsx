import { X } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { failureWords } from '../../player/failure.js'
import type { Notice } from '../../player/player-state.js'
import { Button, IconButton } from '../../ui/button.js'
import { usePlayer, usePlayerState } from './player-context.js'

const shownMs = 9_000

/** Things worth knowing that do not stop the film; they leave by themselves. */
export function Notices() {
  const { engine } = usePlayer()
  const notice = usePlayerState(state => state.notice)
  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(engine.dismissNotice, shownMs)
    return () => clearTimeout(timer)
  }, [engine, notice])
  if (!notice) return null
  return (
    <Strip onClose={engine.dismissNotice}>
      <Words notice={notice} choose={engine.chooseQuality} done={engine.dismissNotice} />
    </Strip>
  )
}

function Words({ notice, choose, done }: { notice: Notice; choose: (id: string) => void; done: () => void }) {
  switch (notice.about) {
    case 'change-refused':
      return <span>That change was not possible: {failureWords(notice.failure).title.toLowerCase()}. Playing as before.</span>
    case 'subtitle-unreadable':
      return <span>The subtitles “{notice.label}” could not be read, and are off.</span>
    case 'slow': {
      const { id, label } = notice.offer
      return (
        <>
          <span>It keeps running dry. {label} would play smoothly.</span>
          <Button
            look="loud"
            onClick={() => {
              done()
              choose(id)
            }}
          >
            Switch
          </Button>
        </>
      )
    }
  }
}

export const Strip = ({ onClose, children }: { onClose: () => void; children: ReactNode }) => (
  <div
    role="status"
    className="glass appear pointer-events-auto flex max-w-[calc(100vw-2rem)] items-center gap-3 rounded-l py-2 pr-2 pl-4 text-small text-ink-1 shadow-raised ring-1 ring-line"
  >
    {children}
    <IconButton label="Close" size="s" onClick={onClose}>
      <X />
    </IconButton>
  </div>
)
