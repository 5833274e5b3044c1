import { useQuery } from '@tanstack/react-query'
import { Search, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import { cx } from '../lib/cx.js'
import { libraryPath } from '../lib/paths.js'
import { librariesQuery, useMe } from '../lib/queries.js'
import { Mark } from '../ui/mark.js'
import { adminPlaces, historyPlace, home, libraryIcons, type Place } from './places.js'

/**
 * The way around on anything larger than a phone: a rail of icons on small screens and televisions, with words on large ones. On
 * a television it opens while the focus is in it.
 */
export function Sidebar({ onSearch }: { onSearch: () => void }) {
  const me = useMe()
  const { data: libraries } = useQuery(librariesQuery)
  const places = me.role === 'admin' ? adminPlaces : [historyPlace]
  return (
    <nav
      aria-label="Main"
      data-sidebar
      className="group/side fixed inset-y-0 left-0 z-30 hidden w-(--side) flex-col overflow-hidden bg-surface-0 pb-[calc(var(--bar)+0.75rem)] transition-[width] md:flex tv:focus-within:w-60 tv:focus-within:shadow-raised"
    >
      <Link
        to="/"
        className="m-3 mb-2 flex h-10 items-center gap-2.5 rounded-m px-2.5 text-ink-1"
        aria-label="Projectionist, home"
      >
        <Mark className="size-6 shrink-0" />
        <Words className="text-body font-semibold tracking-tight">Projectionist</Words>
      </Link>
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-x-hidden overflow-y-auto px-3 pb-3 no-scrollbar">
        <button type="button" onClick={onSearch} aria-label="Search" aria-keyshortcuts="/" className={entry}>
          <Search />
          <Words className="flex-1 text-left">Search</Words>
          <kbd className="hidden rounded-s bg-surface-2 px-1.5 py-0.5 font-sans text-caption text-ink-3 lg:inline tv:hidden">
            /
          </kbd>
        </button>
        <Entry {...home} />
        <Heading>Library</Heading>
        {libraries?.map(library => (
          <Entry
            key={library.id}
            to={libraryPath(library.id)}
            label={library.name}
            icon={libraryIcons[library.kind]}
            aside={library.scan?.state === 'running' && <Pulse label="Being scanned" />}
          />
        ))}
        <Heading>{me.role === 'admin' ? 'Server' : 'You'}</Heading>
        {places.map(place => (
          <Entry key={place.to} {...place} />
        ))}
      </div>
      <div className="px-3">
        <NavLink
          to="/preferences"
          className={cx(entry, 'h-11')}
          aria-label={`${me.name}: preferences and sign out`}
          title="Preferences"
        >
          <Initial name={me.name} />
          <Words className="min-w-0 flex-1 truncate text-left">{me.name}</Words>
          <Words>
            <Settings2 className="size-4 text-ink-3" />
          </Words>
        </NavLink>
      </div>
    </nav>
  )
}

const entry =
  'flex h-9 shrink-0 items-center gap-3 rounded-m px-2.5 text-small font-medium text-ink-2 transition-colors hover:bg-surface-2 hover:text-ink-1 focus-visible:-outline-offset-2 aria-[current=page]:bg-surface-2 aria-[current=page]:text-ink-1 [&>svg]:size-5 [&>svg]:shrink-0 [&>svg]:stroke-[1.75] [&>svg]:text-ink-3 aria-[current=page]:[&>svg]:text-accent-ink'

function Entry({ to, label, icon, around = [to], aside }: Place & { aside?: ReactNode }) {
  const { pathname } = useLocation()
  const here = around.some(path => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
  return (
    <Link to={to} aria-current={here ? 'page' : undefined} className={entry} title={label}>
      {icon}
      <Words className="min-w-0 flex-1 truncate">{label}</Words>
      {aside}
    </Link>
  )
}

/** Hidden on the rail of icons. */
const Words = ({ className, children }: { className?: string; children: ReactNode }) => (
  <span className={cx('hidden lg:inline tv:hidden tv:group-focus-within/side:inline', className)}>{children}</span>
)
const Heading = ({ children }: { children: ReactNode }) => (
  <div className="mt-4 mb-1 flex h-5 items-center px-2.5 text-caption font-medium text-ink-3">
    <Words>{children}</Words>
    <span aria-hidden="true" className="h-px flex-1 bg-line lg:hidden tv:block tv:group-focus-within/side:hidden" />
  </div>
)
const Pulse = ({ label }: { label: string }) => (
  <span role="img" aria-label={label} title={label} className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
)
const Initial = ({ name }: { name: string }) => (
  <span
    aria-hidden="true"
    className="-mx-1 grid size-7 shrink-0 place-items-center rounded-full bg-surface-3 text-caption font-semibold text-ink-1"
  >
    {name.slice(0, 1).toLocaleUpperCase()}
  </span>
)
