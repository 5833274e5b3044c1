import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../lib/cx.js'
import { pastReason, usePast } from '../lib/past.js'

export type ButtonLook = 'loud' | 'quiet' | 'bare' | 'loss'

const looks: Readonly<Record<ButtonLook, string>> = {
  loud: 'bg-accent text-on-accent hover:bg-accent-strong font-semibold',
  quiet: 'bg-surface-2 text-ink-1 hover:bg-surface-3 font-medium',
  bare: 'text-ink-2 hover:text-ink-1 hover:bg-surface-2 font-medium',
  loss: 'bg-loss-fill text-on-loss hover:brightness-110 font-semibold',
}
const sizes = {
  m: 'h-9 px-3.5 gap-2 text-small [&>svg]:size-4',
  l: 'h-12 px-6 gap-2.5 text-body [&>svg]:size-5',
} as const

interface Commands {
  /** It changes or plays something: while one looks at the past it cannot be pressed, and says why. */
  readonly command?: boolean
}

/** What a button gets that must not be pressed now; it stays where the keyboard goes, so that the reason is heard. */
function useRefusal(command: boolean | undefined) {
  const looking = usePast()
  if (!command || !looking) return null
  return {
    'aria-disabled': true,
    'aria-description': pastReason,
    title: pastReason,
    onClick: (event: { preventDefault(): void; stopPropagation(): void }) => {
      event.preventDefault()
      event.stopPropagation()
    },
  } as const
}

interface Looks {
  readonly look?: ButtonLook
  readonly size?: keyof typeof sizes
  readonly icon?: ReactNode
}

const classes = (look: ButtonLook, size: keyof typeof sizes, className?: string) =>
  cx(
    'inline-flex shrink-0 items-center justify-center rounded-m whitespace-nowrap select-none transition-[background-color,color,filter,scale] active:scale-[0.98]',
    'disabled:opacity-50 disabled:active:scale-100 aria-disabled:opacity-50',
    looks[look],
    sizes[size],
    className,
  )

/** `loud` is for the one thing to do on a page. `busy` keeps its width and says so to screen readers. */
export function Button({
  look = 'quiet',
  size = 'm',
  icon,
  busy = false,
  command,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & Looks & Commands & { busy?: boolean }) {
  return (
    <button
      type="button"
      data-loud={look === 'loud' || undefined}
      aria-busy={busy || undefined}
      {...rest}
      {...useRefusal(command)}
      disabled={rest.disabled || busy}
      className={classes(look, size, cx(busy && 'animate-pulse', className))}
    >
      {icon}
      {children}
    </button>
  )
}

export function ButtonLink({
  look = 'quiet',
  size = 'm',
  icon,
  command,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & Looks & Commands) {
  return (
    <Link data-loud={look === 'loud' || undefined} {...rest} {...useRefusal(command)} className={classes(look, size, className)}>
      {icon}
      {children}
    </Link>
  )
}

interface IconLooks {
  /** What it does, for tooltips and screen readers. */
  readonly label: string
  /** Its key, shown in the tooltip. */
  readonly shortcut?: string
  readonly size?: 's' | 'm' | 'l'
  /** Whether what it switches is on. */
  readonly pressed?: boolean
  readonly look?: 'bare' | 'quiet' | 'loud'
}

const iconSizes = { s: 'size-8 [&>svg]:size-4', m: 'size-10 [&>svg]:size-5', l: 'size-12 [&>svg]:size-6' } as const

export function IconButton({
  label,
  shortcut,
  size = 'm',
  pressed,
  look = 'bare',
  command,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & IconLooks & Commands) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${label} (${shortcut})` : label}
      {...rest}
      {...useRefusal(command)}
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-full transition-[background-color,color,scale] active:scale-95 disabled:opacity-40 aria-disabled:opacity-40',
        look === 'loud' && 'bg-accent text-on-accent hover:bg-accent-strong',
        look === 'quiet' && 'bg-surface-2 text-ink-1 hover:bg-surface-3',
        look === 'bare' && (pressed ? 'bg-surface-3 text-accent-ink' : 'text-ink-2 hover:bg-surface-2 hover:text-ink-1'),
        iconSizes[size],
        className,
      )}
    >
      {children}
    </button>
  )
}
