import { cx } from '../lib/cx.js'

interface ProgressProps {
  /** 0 to 1; null while it cannot be said. */
  readonly value: number | null
  readonly label: string
  readonly className?: string
}

/** How far something is. Without a value it says that it goes on, and claims nothing. */
export const Progress = ({ value, label, className }: ProgressProps) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={value === null ? undefined : Math.round(value * 100)}
    className={cx('h-1 overflow-hidden rounded-full bg-surface-3', className)}
  >
    {value === null ? (
      <div className="h-full w-full animate-pulse bg-accent/50" />
    ) : (
      <div
        className="h-full origin-left rounded-full bg-accent transition-[width] duration-200"
        style={{ width: `${Math.min(1, value) * 100}%` }}
      />
    )}
  </div>
)

/** The thin line along the foot of a picture: how much of it was seen. */
export const SeenLine = ({ value }: { value: number }) => (
  <div className="absolute inset-x-0 bottom-0 h-1 bg-black/55">
    <div className="h-full bg-accent" style={{ width: `${Math.min(1, value) * 100}%` }} />
  </div>
)
