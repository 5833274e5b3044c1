import { describe, expect, it } from 'vitest'
import { inParallel } from './in-parallel.js'

describe('work on many', () => {
  it('goes on for so many at a time, and gives the results in order', async () => {
    let under = 0
    let most = 0
    const results = await inParallel(3, [5, 1, 4, 2, 3], async value => {
      most = Math.max(most, ++under)
      for (let turn = 0; turn < value; turn++) await Promise.resolve()
      under--
      return value * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30])
    expect(most).toBe(3)
    expect(await inParallel(3, [], () => Promise.resolve())).toEqual([])
  })
  it('begins nothing more after a failure', async () => {
    const begun: number[] = []
    const work = (value: number): Promise<void> => {
      begun.push(value)
      return value === 2 ? Promise.reject(new Error('two')) : Promise.resolve()
    }
    await expect(inParallel(1, [1, 2, 3], work)).rejects.toThrow('two')
    expect(begun).toEqual([1, 2])
  })
})
