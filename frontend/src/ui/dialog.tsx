import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { IconButton } from './button.js'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons at the foot, the one to press last. */
  readonly actions?: ReactNode
  readonly wide?: boolean | 'widest'
}

/** A dialog in the middle, on phones a sheet from below. Focus goes in and comes back; Escape and a press outside close it. */
export const Dialog = ({ open, onClose, title, description, children, actions, wide = false }: DialogProps) => (
  <Base.Root open={open} onOpenChange={next => !next && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
      <Base.Popup
        className={cx(
          'fixed inset-x-0 bottom-0 z-50 flex max-h-[90dvh] flex-col overflow-hidden rounded-t-l bg-surface-1 pb-[env(safe-area-inset-bottom)] shadow-raised ring-1 ring-line transition-[opacity,translate,scale]',
          'md:inset-x-auto md:top-1/2 md:bottom-auto md:left-1/2 md:max-h-[84dvh] md:w-full md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-l md:pb-0',
          wide === 'widest' ? 'md:max-w-[min(72rem,94vw)]' : wide ? 'md:max-w-3xl' : 'md:max-w-lg',
          'max-md:data-ending-style:translate-y-full max-md:data-starting-style:translate-y-full md:data-ending-style:scale-[0.97] md:data-ending-style:opacity-0 md:data-starting-style:scale-[0.97] md:data-starting-style:opacity-0',
        )}
      >
        <div className="flex items-start gap-4 px-6 pt-5 pb-3">
          <div className="min-w-0 flex-1">
            <Base.Title className="text-title font-semibold tracking-tight text-ink-1">{title}</Base.Title>
            {description && <Base.Description className="mt-1 text-small text-ink-2">{description}</Base.Description>}
          </div>
          <Base.Close render={<IconButton label="Close" size="s" className="-mt-0.5 -mr-2" />}>
            <X />
          </Base.Close>
        </div>
        <div data-scrolls className="more-below min-h-0 flex-1 overflow-y-auto px-6 py-2">
          {children}
        </div>
        {actions && <div className="flex flex-wrap justify-end gap-2 px-6 pt-3 pb-5">{actions}</div>}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
)
