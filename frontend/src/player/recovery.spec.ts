import { describe, expect, it } from 'vitest'
import { networkDelaysMs, remedy, startAgainAfterMs, type Trouble } from './recovery.js'

const network: Trouble = { kind: 'network', detail: 'gone' }
const refused: Trouble = { kind: 'refused', detail: 'HTTP 403' }
const media: Trouble = { kind: 'media', detail: 'decode' }

describe('recovery', () => {
  it('loads again after a network failure, ever later, and then gives up with a word', () => {
    const waits = networkDelaysMs.map((_, at) => remedy(Array(at).fill(network), network, true))
    expect(waits.map(action => action.do === 'reload' && action.afterMs)).toEqual([...networkDelaysMs])
    expect(remedy(Array(networkDelaysMs.length).fill(network), network, true)).toEqual({
      do: 'give-up',
      failure: { code: 'network', detail: 'gone' },
    })
  })

  it('asks for a new session when the server refuses this one', () => {
    expect(remedy([], refused, true)).toMatchObject({ do: 'renew', afterMs: 0 })
    expect(remedy([refused, refused, refused], refused, true)).toMatchObject({
      do: 'give-up',
      failure: { code: 'session-not-found' },
    })
  })

  it('asks for no other session where the file itself ends', () => {
    expect(remedy([], { kind: 'refused', detail: 'HTTP 422', code: 'file-incomplete' }, true)).toEqual({
      do: 'give-up',
      failure: { code: 'file-incomplete', detail: 'HTTP 422' },
    })
  })

  it('resets the decoder once, then has the file converted while there is a plainer profile', () => {
    expect(remedy([], media, true)).toMatchObject({ do: 'repair' })
    expect(remedy([media], media, true)).toEqual({ do: 'convert' })
    expect(remedy([media], media, false)).toMatchObject({ do: 'give-up', failure: { code: 'media' } })
  })

  it('counts each kind of trouble apart', () => {
    expect(remedy([network, network, media], refused, true)).toMatchObject({ do: 'renew', attempt: 1 })
  })

  it('ends, whatever comes in whatever order', () => {
    let earlier: readonly Trouble[] = []
    const kinds = [network, refused, media]
    for (let at = 0; ; at++) {
      const trouble = kinds[(at * 7) % 3]!
      if (remedy(earlier, trouble, true).do === 'give-up') break
      earlier = [...earlier, trouble]
      expect(at).toBeLessThan(40)
    }
  })

  it('asks again only where a refusal passes, and not for ever', () => {
    expect(startAgainAfterMs('no-worker', 0)).toBe(1_000)
    expect(startAgainAfterMs('no-worker', 3)).toBeNull()
    expect(startAgainAfterMs('item-not-found', 0)).toBeNull()
  })
})
