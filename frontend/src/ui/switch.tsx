import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'

interface SwitchProps {
  readonly label: ReactNode
  readonly detail?: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

export const Switch = ({ label, detail, checked, onChange, disabled = false }: SwitchProps) => (
  <label className="flex items-center gap-4 py-2">
    <span className="min-w-0 flex-1">
      <span className="block text-small font-medium text-ink-1">{label}</span>
      {detail && <span className="block text-small text-ink-3">{detail}</span>}
    </span>
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      className="relative flex h-6 w-10 items-center shrink-0 rounded-full bg-surface-3 ring-1 ring-control-line ring-inset transition-colors data-checked:bg-accent data-checked:ring-transparent data-disabled:opacity-50"
    >
      <Base.Thumb className="block size-4 translate-x-1 rounded-full bg-ink-1 transition-[translate,background-color] data-checked:translate-x-5 data-checked:bg-on-accent" />
    </Base.Root>
  </label>
)
