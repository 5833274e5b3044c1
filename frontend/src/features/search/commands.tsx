import { startScan, type Library } from '@projectionist/shared/api/libraries'
import { useQuery } from '@tanstack/react-query'
import {
  Activity,
  FolderCog,
  FolderSync,
  History,
  House,
  Keyboard,
  LibraryBig,
  Moon,
  Rewind,
  Settings2,
  Sun,
  Users,
  Wand2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../../lib/api.js'
import { libraryPath } from '../../lib/paths.js'
import { preferences } from '../../lib/preferences.js'
import { librariesQuery, useMe } from '../../lib/queries.js'
import { notify, notifyError } from '../../ui/toast.js'

export interface Command {
  readonly text: string
  readonly icon: ReactNode
  readonly shortcut?: string | undefined
  readonly run: () => void
}

/** Everything one can go to or do from anywhere. */
export function useCommands(onKeys: () => void): readonly Command[] {
  const navigate = useNavigate()
  const admin = useMe().role === 'admin'
  const libraries = useQuery(librariesQuery).data ?? []
  const to = (text: string, path: string, icon: ReactNode, shortcut?: string): Command => ({
    text,
    icon,
    shortcut,
    run: () => void navigate(path),
  })
  return [
    to('Home', '/', <House />, 'G H'),
    ...libraries.map(library => to(library.name, libraryPath(library.id), <LibraryBig />)),
    ...(admin ? [to('Activity', '/activity', <Activity />, 'G A')] : []),
    to('History', '/history', <History />, 'G Y'),
    to('Preferences', '/preferences', <Settings2 />, 'G P'),
    ...(admin
      ? [
          to('Manage libraries', '/admin/libraries', <FolderCog />),
          to('People', '/admin/people', <Users />),
          to('As it was', '/time-travel', <Rewind />),
          to('What if', '/what-if', <Wand2 />),
          ...libraries.map(library => ({
            text: `Scan ${library.name} now`,
            icon: <FolderSync />,
            run: () => void scan(library),
          })),
        ]
      : []),
    { text: 'Dark theme', icon: <Moon />, run: () => preferences.set(now => ({ ...now, theme: 'dark' })) },
    { text: 'Light theme', icon: <Sun />, run: () => preferences.set(now => ({ ...now, theme: 'light' })) },
    { text: 'Show the keys', icon: <Keyboard />, shortcut: '?', run: () => setTimeout(onKeys) },
  ]
}

async function scan(library: Library): Promise<void> {
  try {
    await call(startScan, { params: { id: library.id } })
    notify({ text: `${library.name} is being scanned` })
  } catch (error) {
    notifyError(error)
  }
}

/** Those whose words begin with what was typed; all of the first few when nothing was. */
export function commandsFor(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands
  return commands
    .filter(({ text }) => {
      const own = text.toLocaleLowerCase().split(/\s+/)
      return words.every(word => own.some(one => one.startsWith(word)))
    })
    .slice(0, 6)
}
