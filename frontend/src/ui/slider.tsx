import { Slider as Base } from '@base-ui/react/slider'
import { cx } from '../lib/cx.js'

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
  /** Once, when the hand lets go. */
  readonly onCommit?: (value: number) => void
  /** What a screen reader says for a value. */
  readonly valueText?: (value: number) => string
  readonly className?: string
}

export const Slider = ({ label, value, min, max, step = 1, onChange, onCommit, valueText, className }: SliderProps) => (
  <Base.Root
    value={value}
    min={min}
    max={max}
    step={step}
    onValueChange={next => onChange(next as number)}
    onValueCommitted={next => onCommit?.(next as number)}
    className={cx('w-28', className)}
  >
    <Base.Control className="flex h-8 w-full touch-none items-center select-none">
      <Base.Track className="h-1 w-full rounded-full bg-surface-3 ring-1 ring-control-line/40">
        <Base.Indicator className="rounded-full bg-accent" />
        <Base.Thumb
          aria-label={label}
          getAriaValueText={(_, current) => valueText?.(current) ?? String(current)}
          className="size-4 rounded-full bg-ink-1 shadow-raised transition-[scale] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink data-dragging:scale-110"
        />
      </Base.Track>
    </Base.Control>
  </Base.Root>
)
