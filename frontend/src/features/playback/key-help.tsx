import { X } from 'lucide-react'
import { keyHelp } from '../../player/keymap.js'
import { IconButton } from '../../ui/button.js'

/** The keys, over the picture. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <div className="appear absolute inset-0 z-30 grid place-items-center bg-black/50 p-4" onClick={onClose}>
      <section
        role="dialog"
        aria-label="Keys"
        className="glass max-h-full w-full max-w-2xl overflow-y-auto rounded-l p-6 text-ink-1 shadow-raised ring-1 ring-line"
        onClick={event => event.stopPropagation()}
      >
        <div className="flex items-center justify-between">
          <h2 className="text-title font-semibold tracking-tight">Keys</h2>
          <IconButton label="Close" size="s" autoFocus onClick={onClose}>
            <X />
          </IconButton>
        </div>
        <dl className="mt-4 grid gap-x-10 gap-y-2.5 sm:grid-cols-2">
          {keyHelp.map(({ keys, does }) => (
            <div key={does} className="flex items-center gap-3">
              <dt className="flex w-32 shrink-0 gap-1">
                {keys.map(key => (
                  <kbd
                    key={key}
                    className="rounded-s bg-surface-2 px-1.5 py-0.5 font-sans text-caption font-medium whitespace-nowrap text-ink-1 ring-1 ring-line"
                  >
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd className="text-small text-ink-2">{does}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}
