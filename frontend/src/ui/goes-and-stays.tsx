import { Check, X } from 'lucide-react'

const Side = ({ title, items, icon }: { title: string; items: readonly string[]; icon: 'goes' | 'stays' }) => (
  <section aria-label={title}>
    <h3 className="mb-2 text-small font-semibold text-ink-1">{title}</h3>
    <ul className="flex flex-col gap-1.5 text-small text-ink-2">
      {items.map(item => (
        <li key={item} className="flex gap-2">
          <span aria-hidden="true" className="mt-0.5 shrink-0 [&>svg]:size-4">
            {icon === 'goes' ? <X className="text-loss" /> : <Check className="text-ink-3" />}
          </span>
          {item}
        </li>
      ))}
    </ul>
  </section>
)

/** What something that cannot be undone takes away, and what it leaves. */
export const GoesAndStays = ({ goes, stays }: { goes: readonly string[]; stays: readonly string[] }) => (
  <div className="grid gap-5 py-1 sm:grid-cols-2">
    <Side title="What goes" items={goes} icon="goes" />
    <Side title="What stays" items={stays} icon="stays" />
  </div>
)
