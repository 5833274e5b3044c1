import type { LibraryAccess, UserEvent, UserRole } from '@projectionist/shared/events/user'
import {
  LibraryAccessChanged,
  PasswordChanged,
  SessionTheftSuspected,
  SignedIn,
  SignedOut,
  UserAdded,
  UserDisabled,
  UserEnabled,
  UserRenamed,
  UserRoleChanged,
} from '@projectionist/shared/events/user'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'

export class AddUser extends Command<'AddUser', { userId: string; name: string; role: UserRole; libraries: LibraryAccess }> {
  readonly type = 'AddUser'
}
export class ChangeUser extends Command<
  'ChangeUser',
  { userId: string; name?: string | undefined; role?: UserRole | undefined; libraries?: LibraryAccess | undefined; disabled?: boolean | undefined }
> {
  readonly type = 'ChangeUser'
}
export class NotePasswordChange extends Command<'NotePasswordChange', { userId: string }> {
  readonly type = 'NotePasswordChange'
}
export class NoteSignIn extends Command<'NoteSignIn', { userId: string; device: { id: string; name: string } }> {
  readonly type = 'NoteSignIn'
}
export class NoteSignOut extends Command<'NoteSignOut', { userId: string; deviceId: string }> {
  readonly type = 'NoteSignOut'
}
export class NoteTheft extends Command<'NoteTheft', { userId: string; deviceId: string }> {
  readonly type = 'NoteTheft'
}
export type UserCommand = AddUser | ChangeUser | NotePasswordChange | NoteSignIn | NoteSignOut | NoteTheft

interface Known {
  readonly name: string
  readonly role: UserRole
  readonly libraries: LibraryAccess
  readonly disabled: boolean
}
export type UserState = Known | undefined

/** A person's account. Credentials are not here: the log holds no secrets. */
export const user: Decider<UserState, UserCommand, UserEvent> = {
  category: 'user',
  streamId: ({ data }) => `user-${data.userId}`,
  initial: undefined,
  starts: ({ type }) => type === 'AddUser',

  decide({ type, data }, state) {
    if (type === 'AddUser') {
      if (state) throw new DomainError('name-taken')
      return [UserAdded({ name: data.name, role: data.role, libraries: data.libraries })]
    }
    if (!state) throw new DomainError('user-not-found')
    switch (type) {
      case 'ChangeUser': {
        const { name, role, libraries, disabled } = data
        const events: UserEvent[] = []
        if (name !== undefined && name !== state.name) events.push(UserRenamed({ name }))
        if (role !== undefined && role !== state.role) events.push(UserRoleChanged({ role }))
        if (libraries !== undefined && !sameAccess(libraries, state.libraries)) events.push(LibraryAccessChanged({ libraries }))
        if (disabled !== undefined && disabled !== state.disabled) events.push(disabled ? UserDisabled({}) : UserEnabled({}))
        return events
      }
      case 'NotePasswordChange':
        return [PasswordChanged({})]
      case 'NoteSignIn':
        return [SignedIn({ device: data.device })]
      case 'NoteSignOut':
        return [SignedOut({ deviceId: data.deviceId })]
      case 'NoteTheft':
        return [SessionTheftSuspected({ deviceId: data.deviceId })]
    }
  },

  evolve(state, event) {
    if (event.type === 'UserAdded') return { ...event.data, disabled: false }
    if (!state) return state
    switch (event.type) {
      case 'UserRenamed':
        return { ...state, name: event.data.name }
      case 'UserRoleChanged':
        return { ...state, role: event.data.role }
      case 'LibraryAccessChanged':
        return { ...state, libraries: event.data.libraries }
      case 'UserDisabled':
        return { ...state, disabled: true }
      case 'UserEnabled':
        return { ...state, disabled: false }
      default:
        return state
    }
  },
}

const sameAccess = (a: LibraryAccess, b: LibraryAccess): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (access: LibraryAccess): LibraryAccess => (access === 'all' ? access : access.toSorted())
