import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { optionClasses, popupClasses } from './menu.js'

export interface Option<T extends string> {
  readonly value: T
  readonly label: string
  readonly detail?: ReactNode
}

interface SelectProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly Option<T>[]
  readonly onChange: (value: T) => void
  /** Shows the label before the value, inside the button. */
  readonly labelled?: boolean
  readonly icon?: ReactNode
  readonly className?: string
}

export const Select = <T extends string>({
  label,
  value,
  options,
  onChange,
  labelled = false,
  icon,
  className,
}: SelectProps<T>) => (
  <Base.Root items={options} value={value} onValueChange={next => next !== null && onChange(next as T)} modal={false}>
    <Base.Trigger
      aria-label={label}
      className={cx(
        'inline-flex h-9 max-w-full min-w-0 items-center gap-2 rounded-m bg-surface-2 px-3 text-small font-medium text-ink-1 transition-colors select-none hover:bg-surface-3 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-3',
        className,
      )}
    >
      {icon}
      {labelled && <span className="shrink-0 text-ink-3">{label}</span>}
      <Base.Value className="min-w-0 flex-1 truncate text-left" />
      <Base.Icon>
        <ChevronDown className="size-4 text-ink-3" />
      </Base.Icon>
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner sideOffset={6} alignItemWithTrigger={false} className="z-50 outline-none">
        <Base.Popup className={cx(popupClasses, 'max-w-[min(32rem,92vw)] min-w-(--anchor-width)')}>
          <Base.List>
            {options.map(option => (
              <Base.Item key={option.value} value={option.value} className={optionClasses}>
                <span className="grid size-4 place-items-center">
                  <Base.ItemIndicator>
                    <Check className="size-4 text-accent-ink" />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText className="flex-1">{option.label}</Base.ItemText>
                {option.detail && <span className="figures pl-4 text-ink-3">{option.detail}</span>}
              </Base.Item>
            ))}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
