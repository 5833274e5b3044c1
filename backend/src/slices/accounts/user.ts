import type { LibraryAccess, UserEvent, UserRole } from '@projectionist/shared/events/user'
import {
  LibraryAccessChanged,
  PasswordChanged,
  SessionTheftSuspected,
  SignedIn,
  SignInsRefused,
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
export class NoteRefusedSignIns extends Command<'NoteRefusedSignIns', { userId: string; times: number; since: string }> {
  readonly type = 'NoteRefusedSignIns'
}
export class NoteSignOut extends Command<'NoteSignOut', { userId: string; deviceId: string }> {
  readonly type = 'NoteSignOut'
}
export class NoteTheft extends Command<'NoteTheft', { userId: string; deviceId: string }> {
  readonly type = 'NoteTheft'
}
export type UserCommand = AddUser | ChangeUser | NotePasswordChange | NoteSignIn | NoteRefusedSignIns | NoteSignOut | NoteTheft

interface Known {
  /** Every one it had, the present one last: what an undo goes back to. */
  readonly names: readonly string[]
  readonly roles: readonly UserRole[]
  readonly accesses: readonly LibraryAccess[]
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
        if (name !== undefined && name !== state.names.at(-1)) events.push(UserRenamed({ name }))
        if (role !== undefined && role !== state.roles.at(-1)) events.push(UserRoleChanged({ role }))
        if (libraries !== undefined && !sameAccess(libraries, state.accesses.at(-1))) events.push(LibraryAccessChanged({ libraries }))
        if (disabled !== undefined && disabled !== state.disabled) events.push(disabled ? UserDisabled({}) : UserEnabled({}))
        return events
      }
      case 'NotePasswordChange':
        return [PasswordChanged({})]
      case 'NoteSignIn':
        return [SignedIn({ device: data.device })]
      case 'NoteRefusedSignIns':
        return [SignInsRefused({ times: data.times, since: data.since })]
      case 'NoteSignOut':
        return [SignedOut({ deviceId: data.deviceId })]
      case 'NoteTheft':
        return [SessionTheftSuspected({ deviceId: data.deviceId })]
    }
  },

  evolve(state, event) {
    if (event.type === 'UserAdded') {
      const { name, role, libraries } = event.data
      return { names: [name], roles: [role], accesses: [libraries], disabled: false }
    }
    if (!state) return state
    switch (event.type) {
      case 'UserRenamed':
        return { ...state, names: [...state.names, event.data.name] }
      case 'UserRoleChanged':
        return { ...state, roles: [...state.roles, event.data.role] }
      case 'LibraryAccessChanged':
        return { ...state, accesses: [...state.accesses, event.data.libraries] }
      case 'UserDisabled':
        return { ...state, disabled: true }
      case 'UserEnabled':
        return { ...state, disabled: false }
      default:
        return state
    }
  },

  reverts: {
    UserAdded: { never: 'A person who was added stays. Disable the account, or erase it with everything of theirs.' },
    UserRenamed({ data: { name } }, state) {
      const [before, now] = state?.names.slice(-2) ?? []
      if (now !== name || before === undefined) return { conflict: 'They were renamed again since.' }
      return [UserRenamed({ name: before })]
    },
    UserRoleChanged({ data: { role } }, state) {
      const [before, now] = state?.roles.slice(-2) ?? []
      if (now !== role || before === undefined) return { conflict: 'Their role was changed again since.' }
      return [UserRoleChanged({ role: before })]
    },
    LibraryAccessChanged({ data: { libraries } }, state) {
      const [before, now] = state?.accesses.slice(-2) ?? []
      if (before === undefined || !sameAccess(libraries, now)) return { conflict: 'The libraries they see were changed again since.' }
      return [LibraryAccessChanged({ libraries: before })]
    },
    UserDisabled: (_, state) => (state?.disabled ? [UserEnabled({})] : { conflict: 'They were let in again since.' }),
    UserEnabled: (_, state) => (state && !state.disabled ? [UserDisabled({})] : { conflict: 'They were disabled again since.' }),
    PasswordChanged: { never: 'Passwords are not kept, so an old one cannot come back. Set a new one.' },
    SignedIn: { never: 'That somebody signed in stays true. To end a session, sign the device out or set a new password.' },
    SignInsRefused: { never: 'A warning stays in the record. If it was not you, set a new password.' },
    SignedOut: { never: 'A session that has ended does not come back. Sign in again on that device.' },
    SessionTheftSuspected: { never: 'A warning stays in the record. The sessions it ended are begun anew by signing in.' },
  },
}

const sameAccess = (a: LibraryAccess, b: LibraryAccess | undefined): boolean =>
  b !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (access: LibraryAccess): LibraryAccess => (access === 'all' ? access : access.toSorted())
