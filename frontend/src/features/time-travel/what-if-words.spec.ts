import { expect, it } from 'vitest'
import { verdict } from './what-if-words.js'

it('says in a sentence what another device would have made of the plays', () => {
  expect(verdict({ device: 'Safari', plays: 1000, was: { direct: 640 }, wouldBe: { direct: 812 } })).toBe(
    '812 of 1,000 plays would have been direct on Safari; 640 were.',
  )
  expect(verdict({ device: 'Safari', plays: 1, was: { direct: 1 }, wouldBe: { direct: 0 } })).toBe(
    '0 of 1 play would have been direct on Safari; 1 was.',
  )
})
