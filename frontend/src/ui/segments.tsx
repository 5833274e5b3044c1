import { cx } from '../lib/cx.js'

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

/** A choice among a few, all in sight. */
export const Segments = <T extends string>({ label, value, options, onChange }: SegmentsProps<T>) => (
  <fieldset className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5">
    <legend className="float-left text-small font-medium text-ink-1">{label}</legend>
    <div className="flex rounded-m bg-surface-2 p-1 ring-1 ring-line ring-inset max-sm:w-full" data-own-arrows>
      {options.map(option => (
        <label
          key={option.value}
          className={cx(
            'flex h-8 cursor-pointer items-center justify-center rounded-s px-3.5 text-small font-medium whitespace-nowrap transition-colors max-sm:flex-auto max-sm:px-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink',
            option.value === value ? 'bg-ink-1 text-surface-0' : 'text-ink-2 hover:text-ink-1',
          )}
        >
          <input
            type="radio"
            name={label}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  </fieldset>
)
