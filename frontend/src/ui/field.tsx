import { Eye, EyeOff } from 'lucide-react'
import { useId, useState, type ComponentProps, type ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { IconButton } from './button.js'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  readonly error?: string | undefined
}

const box = (error: string | null | undefined) =>
  cx(
    'w-full rounded-m bg-surface-2 px-3.5 text-body text-ink-1 ring-1 ring-inset transition-shadow placeholder:text-ink-3 focus-visible:outline-offset-0',
    error ? 'ring-loss' : 'ring-control-line/70 hover:ring-control-line',
  )

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Several lines to type in, growing with what is in them. */
export function TextArea({ label, value, onChange, className, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-small font-medium text-ink-1">
        {label}
      </label>
      <textarea
        rows={4}
        {...rest}
        id={id}
        value={value}
        onChange={event => onChange(event.target.value)}
        className={cx(box(undefined), 'field-sizing-content max-h-72 min-h-24 resize-y py-2.5 leading-6')}
      />
    </div>
  )
}

/** Why the form is not sent, in our words. */
const refusal = ({ validity, minLength, value, validationMessage }: HTMLInputElement) =>
  validity.valueMissing
    ? 'This has to be filled in.'
    : validity.tooShort
      ? `At least ${minLength} characters: ${minLength - value.length} more to go.`
      : validationMessage

/** A line to type in, with its label above and what is wrong below. Passwords can be shown. */
export function TextField({ label, value, onChange, hint, error, className, type = 'text', ...rest }: TextFieldProps) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const wrong = error ?? refused
  const note = wrong ?? hint
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-small font-medium text-ink-1">
        {label}
      </label>
      <div className="relative">
        <input
          {...rest}
          id={id}
          type={type === 'password' && shown ? 'text' : type}
          value={value}
          onChange={event => {
            setRefused(null)
            onChange(event.target.value)
          }}
          onInvalid={event => {
            // In place of the browser's own bubble, which would also take the focus to the first of them.
            event.preventDefault()
            const input = event.currentTarget
            setRefused(refusal(input))
            if (input.form?.querySelector('input:invalid') === input) input.focus()
          }}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={cx('h-11', box(wrong), type === 'password' && 'pr-12')}
        />
        {type === 'password' && (
          <IconButton
            label={shown ? 'Hide the password' : 'Show the password'}
            size="s"
            className="absolute top-1.5 right-1.5"
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff /> : <Eye />}
          </IconButton>
        )}
      </div>
      {note && (
        <p id={`${id}-note`} role={wrong ? 'alert' : undefined} className={cx('text-small', wrong ? 'text-loss' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  )
}
