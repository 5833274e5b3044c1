import {
  LibraryAccessChanged,
  PasswordChanged,
  SignedIn,
  UserAdded,
  UserDisabled,
  UserEnabled,
  UserRenamed,
  UserRoleChanged,
  userEvents,
  type UserEvent,
} from '@projectionist/shared/events/user'
import { describe, expect, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { revert } from '../../platform/eventing/decider.js'
import { AddUser, ChangeUser, NotePasswordChange, user } from './user.js'

const userId = '0c0c0c0c-0000-4000-8000-00000000000a'
const films = '0c0c0c0c-0000-4000-8000-0000000000f1'
const shows = '0c0c0c0c-0000-4000-8000-0000000000f2'
const added = UserAdded({ name: 'Bob', role: 'member', libraries: 'all' })

describe('a person’s account', () => {
  it('is added once', () => {
    const add = new AddUser({ userId, name: 'Bob', role: 'member', libraries: 'all' }, by)
    given(user, []).when(add).then(added)
    given(user, [added]).when(add).refuses('name-taken')
  })

  it('changes by what differs', () => {
    const change = (data: Partial<ChangeUser['data']>) => new ChangeUser({ userId, ...data }, by)
    given(user, [added])
      .when(change({ name: 'Bob', role: 'member', libraries: 'all', disabled: false }))
      .then()
    given(user, [added])
      .when(change({ name: 'Rob', role: 'admin', disabled: true }))
      .then(UserRenamed({ name: 'Rob' }), UserRoleChanged({ role: 'admin' }), UserDisabled({}))
    given(user, [added, LibraryAccessChanged({ libraries: [shows, films] })])
      .when(change({ libraries: [films, shows] }))
      .then()
    given(user, [])
      .when(change({ name: 'Rob' }))
      .refuses('user-not-found')
    given(user, []).when(new NotePasswordChange({ userId }, by)).refuses('user-not-found')
  })
})

describe('undo of what happened to an account', () => {
  const undo = (event: UserEvent, ...since: UserEvent[]) =>
    revert(
      user,
      event,
      [added, event, ...since].reduce((state, each) => user.evolve(state, each), user.initial),
    )
  const renamed = UserRenamed({ name: 'Rob' })
  const promoted = UserRoleChanged({ role: 'admin' })
  const limited = LibraryAccessChanged({ libraries: [films, shows] })

  it('gives back what was before', () => {
    expect(undo(renamed)).toEqual([UserRenamed({ name: 'Bob' })])
    expect(undo(promoted)).toEqual([UserRoleChanged({ role: 'member' })])
    expect(undo(limited)).toEqual([LibraryAccessChanged({ libraries: 'all' })])
    expect(undo(UserDisabled({}))).toEqual([UserEnabled({})])
    expect(undo(UserEnabled({}))).toEqual([UserDisabled({})])
  })

  it('can itself be undone', () => {
    const back = UserRenamed({ name: 'Bob' })
    expect(undo(renamed, back)).toEqual({ conflict: 'They were renamed again since.' })
    const state = [added, renamed, back].reduce((folded, each) => user.evolve(folded, each), user.initial)
    expect(revert(user, back, state)).toEqual([renamed])
  })

  it('takes back nothing that was changed again', () => {
    expect(undo(renamed, UserRenamed({ name: 'Robert' }))).toEqual({ conflict: 'They were renamed again since.' })
    expect(undo(promoted, UserRoleChanged({ role: 'member' }))).toEqual({ conflict: 'Their role was changed again since.' })
    expect(undo(limited, LibraryAccessChanged({ libraries: [films] }))).toEqual({
      conflict: 'The libraries they see were changed again since.',
    })
    expect(undo(UserDisabled({}), UserEnabled({}))).toEqual({ conflict: 'They were let in again since.' })
    expect(undo(UserEnabled({}), UserDisabled({}))).toEqual({ conflict: 'They were disabled again since.' })
  })

  it('is known, or known to be impossible, for every kind of event', () => {
    expect(Object.keys(user.reverts!).toSorted()).toEqual(userEvents.map(({ name }) => name).toSorted())
    expect(undo(PasswordChanged({}))).toHaveProperty('never')
    expect(undo(SignedIn({ device: { id: 'sofa-device', name: 'Sofa' } }))).toHaveProperty('never')
  })
})
