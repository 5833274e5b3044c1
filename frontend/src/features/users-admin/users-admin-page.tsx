import type { User } from '@projectionist/shared/api/accounts'
import { useQuery } from '@tanstack/react-query'
import {
  EllipsisVertical,
  Eraser,
  History,
  KeyRound,
  LibraryBig,
  Pencil,
  Rewind,
  ShieldCheck,
  UserCheck,
  UserPlus,
  UserX,
} from 'lucide-react'
import { useState } from 'react'
import { asItWasPath, historyPath } from '../../lib/paths.js'
import { librariesQuery, useMe } from '../../lib/queries.js'
import { ago } from '../../lib/time-words.js'
import { Button, IconButton } from '../../ui/button.js'
import { Badge } from '../../ui/chip.js'
import { Menu, MenuItem, MenuLine, MenuLink } from '../../ui/menu.js'
import { Page } from '../../ui/page.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { notify, notifyError } from '../../ui/toast.js'
import { AccessDialog } from './access-dialog.js'
import { AddUserDialog } from './add-user-dialog.js'
import { EraseUserDialog } from './erase-user-dialog.js'
import { ErasuresUnderWay } from './erasures-under-way.js'
import { NameDialog, PasswordDialog } from './user-dialogs.js'
import { useChangeUser, usersQuery } from './users-queries.js'

/** Everyone with an account, and what they may see. */
export default function UsersAdminPage() {
  const users = useQuery(usersQuery)
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title="People"
      words="Everyone has their own history, progress and ratings."
      actions={
        <Button look="loud" icon={<UserPlus />} onClick={() => setAdding(true)}>
          Add a person
        </Button>
      }
    >
      {users.isError ? (
        <ErrorState error={users.error} retry={() => void users.refetch()} />
      ) : users.isPending ? (
        <Awaiting what="people" className="flex flex-col gap-2">
          {[0, 1, 2].map(index => (
            <Skeleton key={index} className="h-16 !rounded-l" />
          ))}
        </Awaiting>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-l bg-surface-1 ring-1 ring-line">
          {users.data.map(user => (
            <Person key={user.id} user={user} />
          ))}
        </ul>
      )}
      <ErasuresUnderWay />
      {adding && <AddUserDialog onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Person({ user }: { user: User }) {
  const me = useMe()
  const libraries = useQuery(librariesQuery).data ?? []
  const [open, setOpen] = useState<'name' | 'password' | 'access' | 'erase' | null>(null)
  const change = useChangeUser(user.id)
  const set = (body: Parameters<typeof change.mutate>[0], text: string, back: Parameters<typeof change.mutate>[0]) =>
    change.mutate(body, {
      onSuccess: () => notify({ text, undo: () => change.mutate(back, { onError: error => notifyError(error) }) }),
      onError: error => notifyError(error),
    })
  const sees =
    user.role === 'admin' || user.libraries === 'all'
      ? 'Sees all libraries'
      : user.libraries.length === 0
        ? 'Sees no library yet'
        : `Sees ${new Intl.ListFormat().format(libraries.filter(library => user.libraries.includes(library.id)).map(library => library.name))}`
  const close = () => setOpen(null)
  return (
    <li className="flex items-center gap-4 px-5 py-3.5">
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-full bg-surface-3 text-body font-semibold text-ink-1"
      >
        {[...user.name][0]?.toLocaleUpperCase()}
      </span>
      <div className={user.disabled ? 'min-w-0 flex-1 opacity-70' : 'min-w-0 flex-1'}>
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-body font-medium text-ink-1">{user.name}</span>
          {user.id === me.id && <Badge>You</Badge>}
          {user.role === 'admin' && <Badge tone="accent">Admin</Badge>}
          {user.disabled && <Badge tone="loss">Disabled</Badge>}
        </p>
        <p className="truncate text-ink-3">
          {sees} · {user.lastSeenAt ? `here ${ago(user.lastSeenAt, Date.now())}` : 'not here yet'}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={`More for ${user.name}`} size="s">
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setOpen('name')}>
          Rename
        </MenuItem>
        <MenuItem icon={<KeyRound />} onSelect={() => setOpen('password')}>
          Set a new password
        </MenuItem>
        {user.role !== 'admin' && (
          <MenuItem icon={<LibraryBig />} onSelect={() => setOpen('access')}>
            Libraries they see
          </MenuItem>
        )}
        <MenuLink icon={<History />} to={historyPath({ user: user.id })}>
          What they did
        </MenuLink>
        <MenuLink icon={<Rewind />} to={asItWasPath('user', user.id)}>
          As they were at any moment
        </MenuLink>
        {user.id !== me.id && (
          <>
            <MenuLine />
            <MenuItem
              icon={<ShieldCheck />}
              onSelect={() =>
                user.role === 'admin'
                  ? set({ role: 'member' }, `${user.name} is no longer an admin`, { role: 'admin' })
                  : set({ role: 'admin' }, `${user.name} is an admin now`, { role: 'member' })
              }
            >
              {user.role === 'admin' ? 'No longer an admin' : 'Make an admin'}
            </MenuItem>
            <MenuItem
              icon={user.disabled ? <UserCheck /> : <UserX />}
              tone={user.disabled ? 'plain' : 'loss'}
              onSelect={() =>
                set(
                  { disabled: !user.disabled },
                  user.disabled ? `${user.name} may sign in again` : `${user.name} may no longer sign in`,
                  { disabled: user.disabled },
                )
              }
            >
              {user.disabled ? 'Let them in again' : 'Disable'}
            </MenuItem>
            <MenuItem icon={<Eraser />} tone="loss" onSelect={() => setOpen('erase')}>
              Erase …
            </MenuItem>
          </>
        )}
      </Menu>
      {open === 'name' && <NameDialog user={user} onClose={close} />}
      {open === 'password' && <PasswordDialog user={user} onClose={close} />}
      {open === 'erase' && <EraseUserDialog user={user} onClose={close} />}
      {open === 'access' && <AccessDialog user={user} onClose={close} />}
    </li>
  )
}
