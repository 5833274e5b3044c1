import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROJECTIONIST, uuidv5 } from '../../ids.js'
import { KeyFilter } from './key-filter.js'

describe('key filter', () => {
  it('never says of a key that was added that it was not', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 0, max: 100 }), (keys, expected) => {
        const filter = new KeyFilter(expected)
        for (const key of keys) filter.add(key)
        expect(keys.filter(key => !filter.mayHave(key))).toEqual([])
      }),
      { numRuns: Number(process.env['ROUNDS'] ?? 200) },
    )
  })

  it.each([
    ['ids', (n: number) => uuidv5(PROJECTIONIST, String(n))],
    ['pairs of ids', (n: number) => `${uuidv5(PROJECTIONIST, String(n % 7))}\0${uuidv5(PROJECTIONIST, String(n))}`],
    ['numbers in a row', String],
  ])('raises few false alarms over %s', (_, key) => {
    const filter = new KeyFilter(10_000)
    for (let n = 0; n < 10_000; n++) filter.add(key(n))
    let alarms = 0
    for (let n = 10_000; n < 20_000; n++) if (filter.mayHave(key(n))) alarms++
    expect(alarms).toBeLessThan(200)
  })

  it('says no to everything while it is empty', () => {
    expect(new KeyFilter(0).mayHave('anything')).toBe(false)
  })
})
