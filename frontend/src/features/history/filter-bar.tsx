import { getUsers } from '@projectionist/shared/api/accounts'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Search, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { call } from '../../lib/api.js'
import { historyKinds } from '../../lib/history-kinds.js'
import { processWords } from '../../lib/history-words.js'
import { historyChoicesQuery } from '../../lib/history.js'
import { itemQuery, librariesQuery } from '../../lib/queries.js'
import { Chip } from '../../ui/chip.js'
import { Menu, MenuChoice, MenuLabel } from '../../ui/menu.js'
import { dayBefore, isNarrowed, type View } from './view.js'

interface FilterBarProps {
  readonly view: View
  readonly admin: boolean
  readonly onChange: (changes: Partial<View>) => void
  readonly onClear: () => void
}

/** By what the history can be narrowed: words, who, what, where, when. */
export function FilterBar({ view, admin, onChange, onClear }: FilterBarProps) {
  const libraries = useQuery(librariesQuery)
  const choices = useQuery(historyChoicesQuery)
  const devices = choices.data?.devices ?? []
  const kinds = historyKinds.filter(({ adminOnly }) => admin || !adminOnly)
  const toggled = (on: boolean, id: string) => (on ? [...view.what, id] : view.what.filter(one => one !== id))
  return (
    <div className="mb-6 flex flex-col gap-3">
      <SearchField value={view.q ?? ''} onChange={q => onChange({ q: q || null })} />
      <div role="group" aria-label="Narrow the history" className="flex flex-wrap items-center gap-2">
        {admin && <Who view={view} processes={choices.data?.processes ?? []} onChange={onChange} />}
        <Narrow name="What" value={view.what.map(id => kinds.find(kind => kind.id === id)?.label ?? id).join(', ')}>
          {kinds.map(({ id, label }) => (
            <MenuChoice key={id} checked={view.what.includes(id)} onChange={on => onChange({ what: toggled(on, id) })}>
              {label}
            </MenuChoice>
          ))}
        </Narrow>
        {admin && (
          <Narrow name="Library" value={libraries.data?.find(({ id }) => id === view.library)?.name}>
            {libraries.data?.map(({ id, name }) => (
              <MenuChoice key={id} checked={view.library === id} onChange={on => onChange({ library: on ? id : null })}>
                {name}
              </MenuChoice>
            ))}
          </Narrow>
        )}
        {devices.length > 0 && (
          <Narrow name="Device" value={view.device && (devices.find(({ id }) => id === view.device)?.name ?? 'One device')}>
            {devices.map(({ id, name, user }) => (
              <MenuChoice
                key={id}
                checked={view.device === id}
                onChange={on => onChange({ device: on ? id : null })}
                detail={admin ? user : undefined}
              >
                {name}
              </MenuChoice>
            ))}
          </Narrow>
        )}
        <When view={view} onChange={onChange} />
        {view.item && <ItemChip id={view.item} onClear={() => onChange({ item: null })} />}
        {view.scan && <Only onClear={() => onChange({ scan: null })}>One scan</Only>}
        {view.subject && <Only onClear={() => onChange({ subject: null })}>One thing</Only>}
        {view.cause && <Only onClear={() => onChange({ cause: null })}>What one entry led to</Only>}
        {isNarrowed(view) && (
          <Chip className="!bg-transparent" icon={<X />} aria-pressed={undefined} onClick={onClear}>
            Clear
          </Chip>
        )}
      </div>
    </div>
  )
}

const SETTLED_MS = 300

function SearchField({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim()), SETTLED_MS)
    return () => clearTimeout(timer)
    // Only what is typed starts the wait.
    // eslint-disable-next-line react/exhaustive-deps
  }, [text])
  // What the address says counts, also when it was changed elsewhere.
  useEffect(() => setText(typed => (typed.trim() === value ? typed : value)), [value])
  return (
    <div className="relative max-w-xl">
      <Search aria-hidden="true" className="pointer-events-none absolute top-3 left-3 size-5 text-ink-3" />
      <input
        type="search"
        aria-label="Search the history"
        placeholder="Titles, names, files, reasons"
        value={text}
        onChange={event => setText(event.target.value)}
        className="h-11 w-full rounded-m bg-surface-2 pr-3 pl-10 text-body text-ink-1 ring-1 ring-control-line/70 ring-inset placeholder:text-ink-3 hover:ring-control-line"
      />
    </div>
  )
}

function Who({ view, processes, onChange }: { view: View; processes: readonly string[]; onChange: FilterBarProps['onChange'] }) {
  const { data: people = [] } = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => call(getUsers, { signal }),
    select: answer => answer.users,
  })
  const chosen = view.process
    ? processWords(view.process)
    : view.user && (people.find(({ id }) => id === view.user)?.name ?? 'Somebody')
  return (
    <Narrow name="Who" value={chosen}>
      <MenuLabel>People</MenuLabel>
      {people.map(({ id, name }) => (
        <MenuChoice key={id} checked={view.user === id} onChange={on => onChange({ user: on ? id : null, process: null })}>
          {name}
        </MenuChoice>
      ))}
      {processes.length > 0 && <MenuLabel>Parts of the server</MenuLabel>}
      {processes.map(name => (
        <MenuChoice
          key={name}
          checked={view.process === name}
          onChange={on => onChange({ process: on ? name : null, user: null })}
        >
          {processWords(name)}
        </MenuChoice>
      ))}
    </Narrow>
  )
}

function When({ view, onChange }: { view: View; onChange: FilterBarProps['onChange'] }) {
  const now = Date.now()
  const spans = [
    ['Today', dayBefore(0, now)],
    ['Last 7 days', dayBefore(6, now)],
    ['Last 30 days', dayBefore(29, now)],
    ['Last year', dayBefore(364, now)],
  ] as const
  const span = view.to === null ? spans.find(([, from]) => from === view.from)?.[0] : undefined
  const words = [view.from && `from ${view.from}`, view.to && `to ${view.to}`].filter(Boolean).join(' ')
  return (
    <>
      <Narrow name="When" value={span ?? words}>
        {spans.map(([label, from]) => (
          <MenuChoice key={label} checked={span === label} onChange={on => onChange({ from: on ? from : null, to: null })}>
            {label}
          </MenuChoice>
        ))}
      </Narrow>
      <Day label="From" value={view.from} onChange={from => onChange({ from })} />
      <Day label="To" value={view.to} onChange={to => onChange({ to })} />
    </>
  )
}

const Day = ({ label, value, onChange }: { label: string; value: string | null; onChange: (day: string | null) => void }) => (
  <label className="inline-flex h-8 items-center gap-2 rounded-full bg-surface-2 px-3 text-small text-ink-2">
    {label}
    <input
      type="date"
      value={value ?? ''}
      onChange={event => onChange(event.target.value || null)}
      className="figures bg-transparent text-ink-1 outline-offset-4"
    />
  </label>
)

function Narrow({ name, value, children }: { name: string; value?: string | null | undefined; children: ReactNode }) {
  return (
    <Menu
      align="start"
      trigger={
        <Chip
          on={!!value}
          aria-pressed={undefined}
          aria-label={value ? `${name}: ${value}` : name}
          icon={<ChevronDown className="order-last" />}
        >
          <span className="max-w-56 truncate">{value || name}</span>
        </Chip>
      }
    >
      {children}
    </Menu>
  )
}

const Only = ({ onClear, children }: { onClear: () => void; children: ReactNode }) => (
  <Chip on removable onClick={onClear}>
    {children}
  </Chip>
)

function ItemChip({ id, onClear }: { id: string; onClear: () => void }) {
  const { data } = useQuery(itemQuery(id))
  return <Only onClear={onClear}>{data?.title ?? 'One item'}</Only>
}
