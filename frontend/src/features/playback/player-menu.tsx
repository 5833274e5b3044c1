import { Popover } from '@base-ui/react/popover'
import { Check } from 'lucide-react'
import { useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { cx } from '../../lib/cx.js'
import { usePlayer } from './player-context.js'

interface PanelProps {
  readonly name: string
  readonly title: string
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly wide?: boolean
  readonly children: ReactNode
}

/** A panel over the picture, above its button; the controls stay while it is open. */
export function Panel({ name, title, trigger, wide = false, children }: PanelProps) {
  const { root, hold } = usePlayer()
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root
      open={open}
      onOpenChange={next => {
        setOpen(next)
        hold(name, next)
      }}
    >
      <Popover.Trigger render={trigger} />
      <Popover.Portal container={root}>
        <Popover.Positioner side="top" align="end" sideOffset={14} collisionPadding={12} className="z-40 outline-none">
          <Popover.Popup
            data-own-keys
            className={cx(
              'glass flex max-h-[min(32rem,var(--available-height))] max-w-[calc(100vw-1.5rem)] flex-col overflow-hidden rounded-l text-small text-ink-1 shadow-raised ring-1 ring-line outline-none',
              'origin-(--transform-origin) transition-[opacity,scale] data-ending-style:scale-[0.97] data-ending-style:opacity-0 data-starting-style:scale-[0.97] data-starting-style:opacity-0',
              wide ? 'w-[34rem]' : 'min-w-56',
            )}
          >
            <Popover.Title className="sr-only">{title}</Popover.Title>
            <div className="min-h-0 overflow-y-auto overscroll-contain">{children}</div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ChoiceListProps<T> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly text: string; readonly detail?: string | undefined }[]
  readonly value: T
  readonly onChoose: (value: T) => void
}

/** One of several, as a list; arrow keys move, and choosing keeps the panel open, so that one can look and choose again. */
export function ChoiceList<T extends string | number>({ label, options, value, onChoose }: ChoiceListProps<T>) {
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')]
    const next = rows[rows.indexOf(document.activeElement as HTMLElement) + by]
    if (by === 0 || !next) return
    event.preventDefault()
    next.focus()
  }
  const focusable = options.some(option => option.value === value) ? value : options[0]?.value
  return (
    <div role="radiogroup" aria-label={label} className="p-1.5" onKeyDown={step}>
      <div className="px-2.5 pt-1.5 pb-2 text-caption font-medium tracking-wide text-ink-3">{label}</div>
      {options.map(option => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === focusable ? 0 : -1}
          onClick={() => onChoose(option.value)}
          className={cx(
            'flex min-h-9 w-full items-center gap-2.5 rounded-m px-2.5 py-1.5 text-left hover:bg-surface-2 focus-visible:bg-surface-2 focus-visible:-outline-offset-2 pointer-coarse:min-h-11',
            option.value === value ? 'text-ink-1 font-medium' : 'text-ink-2',
          )}
        >
          <Check className={cx('size-4 shrink-0 text-accent', option.value !== value && 'invisible')} aria-hidden="true" />
          <span className="min-w-0 flex-1">{option.text}</span>
          {option.detail && <span className="figures shrink-0 pl-4 text-ink-3">{option.detail}</span>}
        </button>
      ))}
    </div>
  )
}
