import { ErasureCompleted, erasureEvents, UserErased } from '@projectionist/shared/events/user'
import { describe, expect, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { CompleteErasure, erasure, EraseUser } from './erasure.js'

const userId = '0c0c0c0c-0000-4000-8000-00000000000a'
const erase = new EraseUser({ userId }, by)
const complete = (latecomers = false) => new CompleteErasure({ userId, streams: 7, latecomers }, by)
const [erased, completed] = [UserErased({ userId }), ErasureCompleted({ userId, streams: 7 })]

describe('an erasure', () => {
  it('begins and ends once', () => {
    given(erasure, []).when(erase).then(erased)
    given(erasure, [erased]).when(erase).then()
    given(erasure, [erased]).when(complete()).then(completed)
    given(erasure, [erased, completed]).when(complete()).then()
    given(erasure, [erased, completed]).when(erase).then()
    given(erasure, []).when(complete()).refuses('user-not-found')
  })

  it('lets read models let go once more of what came late', () => {
    given(erasure, [erased]).when(complete(true)).then(erased, completed)
  })

  it('cannot be taken back', () => {
    for (const { name } of erasureEvents) expect(erasure.reverts![name as 'UserErased']).toHaveProperty('never')
  })
})
