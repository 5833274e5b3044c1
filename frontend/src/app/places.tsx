import { Activity, Clapperboard, DatabaseZap, Film, FolderCog, History, House, Image, Music, Rewind, Tv, Users, Video, Wand2 } from 'lucide-react'
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
}

export const home: Place = { to: '/', label: 'Home', icon: <House /> }
export const allLibraries: Place = { to: '/libraries', label: 'Libraries', icon: <Clapperboard /> }
export const historyPlace: Place = { to: '/history', label: 'History', icon: <History /> }
export const adminPlaces: readonly Place[] = [
  { to: '/activity', label: 'Activity', icon: <Activity /> },
  historyPlace,
  { to: '/time-travel', label: 'As it was', icon: <Rewind /> },
  { to: '/what-if', label: 'What if', icon: <Wand2 /> },
  { to: '/admin/libraries', label: 'Manage libraries', icon: <FolderCog /> },
  { to: '/admin/people', label: 'People', icon: <Users /> },
  { to: '/admin/read-models', label: 'Read models', icon: <DatabaseZap /> },
]
