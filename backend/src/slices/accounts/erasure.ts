import { ErasureCompleted, UserErased, type ErasureEvent } from '@projectionist/shared/events/user'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'

export class EraseUser extends Command<'EraseUser', { userId: string }> {
  readonly type = 'EraseUser'
}
export class CompleteErasure extends Command<'CompleteErasure', { userId: string; streams: number; latecomers: boolean }> {
  readonly type = 'CompleteErasure'
}
export type ErasureCommand = EraseUser | CompleteErasure
export type ErasureState = 'none' | 'begun' | 'completed'

const gone = { never: 'What was erased is gone, so that nobody can bring it back.' }

/** A person's leaving, in a stream that outlives theirs. */
export const erasure: Decider<ErasureState, ErasureCommand, ErasureEvent> = {
  category: 'erasure',
  streamId: ({ data }) => `erasure-${data.userId}`,
  initial: 'none',
  starts: ({ type }) => type === 'EraseUser',

  decide({ type, data: { userId, ...data } }, state) {
    if (type === 'EraseUser') return state === 'none' ? [UserErased({ userId })] : []
    if (state === 'none') throw new DomainError('user-not-found')
    if (state === 'completed') return []
    const { streams, latecomers } = data as CompleteErasure['data']
    // What came after the person was erased went into read models again: they let go of it once more.
    return [...(latecomers ? [UserErased({ userId })] : []), ErasureCompleted({ userId, streams })]
  },

  evolve(state, { type }) {
    if (type === 'ErasureCompleted') return 'completed'
    return type === 'UserErased' && state === 'none' ? 'begun' : state
  },

  reverts: { UserErased: gone, ErasureCompleted: gone },
}
