import { CircleUserRound, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { allLibraries, home } from './places.js'

const cell =
  'flex flex-1 flex-col items-center justify-center gap-1 rounded-m text-caption font-medium text-ink-3 focus-visible:-outline-offset-2 aria-[current=page]:text-ink-1 [&>svg]:size-6 [&>svg]:stroke-[1.75] aria-[current=page]:[&>svg]:text-accent-ink'

/** The way around on a phone, in reach of the thumb. */
export const BottomBar = ({ onSearch }: { onSearch: () => void }) => (
  <nav
    aria-label="Main"
    className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(var(--dock)+env(safe-area-inset-bottom))] border-t border-line bg-surface-0/95 px-2 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
  >
    <Cell {...home} />
    <Cell {...allLibraries} />
    <button type="button" onClick={onSearch} className={cell}>
      <Search />
      Search
    </button>
    <Cell to="/preferences" label="You" icon={<CircleUserRound />} />
  </nav>
)

const Cell = ({ to, label, icon }: { to: string; label: string; icon: ReactNode }) => (
  <NavLink to={to} end={to === '/'} className={cell}>
    {icon}
    {label}
  </NavLink>
)
