import { describe, expect, it } from 'vitest'
import { momentsOf, namedStretches } from './days.js'

describe('days', () => {
  it('have names, as people use them', () => {
    const named = (iso: string) =>
      Object.fromEntries(namedStretches(new Date(iso)).map(({ label, first, last }) => [label, `${first} ${last}`]))
    expect(named('2026-11-25T12:00:00')).toEqual({
      Today: '2026-11-25 2026-11-25',
      Yesterday: '2026-11-24 2026-11-24',
      'Last Sunday': '2026-11-22 2026-11-22',
      'Last seven days': '2026-11-19 2026-11-25',
    })
    expect(named('2026-11-01T12:00:00')).toMatchObject({
      'Last Sunday': '2026-10-25 2026-10-25',
      Yesterday: '2026-10-31 2026-10-31',
    })
  })
  it('go from their beginning to the beginning of the next', () => {
    expect(momentsOf('2026-11-22', '2026-11-22')).toEqual({
      from: new Date('2026-11-22T00:00:00').toISOString(),
      to: new Date('2026-11-23T00:00:00').toISOString(),
    })
    expect([momentsOf('2026-11-23', '2026-11-22'), momentsOf('', '2026-11-22')]).toEqual([null, null])
  })
})
