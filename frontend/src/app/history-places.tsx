import { NavLink, Outlet } from 'react-router'
import { useMe } from '../lib/queries.js'
import { historyParts } from './places.js'

/** The frame around what admins do with the history: ways from one to the other. Members have the history alone. */
export function HistoryPlaces() {
  const admin = useMe().role === 'admin'
  return (
    <>
      {admin && (
        <nav aria-label="History" className="max-w-5xl pt-3 gutter">
          <ul data-row className="flex gap-6 border-b border-line">
            {historyParts.map(({ to, label }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  className="flex h-11 items-center rounded-t-s border-b-2 border-transparent text-body font-medium whitespace-nowrap text-ink-3 transition-colors hover:text-ink-1 focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink-1"
                >
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Outlet />
    </>
  )
}
