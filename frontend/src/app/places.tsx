import { Activity, Clapperboard, DatabaseZap, Film, FolderCog, History, House, Image, Music, Tv, Users, Video } from 'lucide-react'
import type { LibraryKind } from '@projectionist/shared/events/media'
import type { ReactNode } from 'react'

export const libraryIcons: Readonly<Record<LibraryKind, ReactNode>> = {
  films: <Film />,
  shows: <Tv />,
  music: <Music />,
  photos: <Image />,
  'home-videos': <Video />,
}

export interface Place {
  readonly to: string
  readonly label: string
  readonly icon: ReactNode
  /** Addresses of what belongs to it, beside its own. */
  readonly around?: readonly string[]
}

export const home: Place = { to: '/', label: 'Home', icon: <House /> }
export const allLibraries: Place = { to: '/libraries', label: 'Libraries', icon: <Clapperboard /> }
/** What admins do with the history, from what happened on. */
export const historyParts: readonly { readonly to: string; readonly label: string }[] = [
  { to: '/history', label: 'What happened' },
  { to: '/time-travel', label: 'As it was' },
  { to: '/what-if', label: 'What if' },
]
export const historyPlace: Place = {
  to: '/history',
  label: 'History',
  icon: <History />,
  around: [...historyParts.map(({ to }) => to), '/as-it-was'],
}
export const adminPlaces: readonly Place[] = [
  { to: '/activity', label: 'Activity', icon: <Activity /> },
  historyPlace,
  { to: '/admin/libraries', label: 'Manage libraries', icon: <FolderCog /> },
  { to: '/admin/people', label: 'People', icon: <Users /> },
  { to: '/admin/read-models', label: 'Read models', icon: <DatabaseZap /> },
]
