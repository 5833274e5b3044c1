import { X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { count as inWords } from '../lib/words.js'

interface ChipProps extends ComponentProps<'button'> {
  readonly on?: boolean
  readonly count?: number | undefined
  readonly icon?: ReactNode
  /** Shows the cross: a press takes it away. */
  readonly removable?: boolean
}

/** A filter that is on or off, with how many it leaves. */
export const Chip = ({ on = false, count, icon, removable = false, className, children, ...rest }: ChipProps) => (
  <button
    type="button"
    aria-pressed={on}
    {...rest}
    className={cx(
      'inline-flex h-8 shrink-0 items-center gap-1.5 rounded-full px-3 text-small font-medium whitespace-nowrap transition-colors select-none [&>svg]:size-4',
      on ? 'bg-ink-1 text-surface-0' : 'bg-surface-2 text-ink-2 hover:bg-surface-3 hover:text-ink-1',
      className,
    )}
  >
    {icon}
    {children}
    {count !== undefined && <span className={cx('figures', on ? 'opacity-80' : 'text-ink-3')}>{inWords(count)}</span>}
    {removable && <X />}
  </button>
)

/** A small fact set apart: `4K`, `HDR`. */
export const Badge = ({ tone = 'plain', children }: { tone?: 'plain' | 'accent' | 'loss' | 'good'; children: ReactNode }) => (
  <span
    className={cx(
      'inline-flex h-5 items-center rounded-s px-1.5 text-caption font-semibold whitespace-nowrap ring-1 ring-inset',
      tone === 'plain' && 'text-ink-2 ring-control-line/60',
      tone === 'accent' && 'text-accent-ink ring-accent-ink/50',
      tone === 'loss' && 'text-loss ring-loss/50',
      tone === 'good' && 'text-good ring-good/50',
    )}
  >
    {children}
  </span>
)
