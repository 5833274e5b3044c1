import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface Tab {
  readonly id: string
  readonly label: ReactNode
  readonly content: ReactNode
}

/** Panels of one page; the chosen one alone is mounted. Arrow keys go between the tabs. */
export const Tabs = ({
  tabs,
  value,
  onChange,
  className,
}: {
  tabs: readonly Tab[]
  value: string
  onChange: (id: string) => void
  className?: string
}) => (
  <Base.Root value={value} onValueChange={next => onChange(String(next))} className={className}>
    <Base.List className="relative flex gap-6 overflow-x-auto border-b border-line no-scrollbar">
      {tabs.map(tab => (
        <Base.Tab
          key={tab.id}
          value={tab.id}
          className="h-11 shrink-0 rounded-t-s text-body font-medium whitespace-nowrap text-ink-3 transition-colors hover:text-ink-1 focus-visible:-outline-offset-2 data-active:text-ink-1"
        >
          {tab.label}
        </Base.Tab>
      ))}
      <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-accent transition-[translate,width]" />
    </Base.List>
    {tabs.map(tab => (
      <Base.Panel key={tab.id} value={tab.id} className="pt-6 outline-none">
        {tab.content}
      </Base.Panel>
    ))}
  </Base.Root>
)
