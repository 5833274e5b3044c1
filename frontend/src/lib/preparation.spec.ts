import type { Health } from '@projectionist/shared/api/system'
import { describe, expect, it, vi } from 'vitest'
import { createPreparation } from './preparation.js'

const ready: Health = { status: 'ready', version: '1', setUp: true, missing: [], readModels: [] }
const items = { name: 'items', title: 'Catalogue', percent: 43 }
const history = { name: 'history', title: 'History', percent: 12 }
const library: Health = { ...ready, status: 'preparing', percent: 43, readModels: [history, items] }

/** Answers one after the other; `settled` waits until one has been taken in, `next` asks for another. */
function server(...answers: (Health | Error)[]) {
  const pauses: (() => void)[] = []
  const preparation = createPreparation({
    ask: () => {
      const answer = answers.shift()
      return answer instanceof Error || !answer ? Promise.reject(answer ?? new Error('asked too often')) : Promise.resolve(answer)
    },
    after: (_, work) => void pauses.push(work),
  })
  const settled = () => vi.waitFor(() => expect(pauses).toHaveLength(1))
  return { preparation, settled, next: () => pauses.shift()!() }
}

describe('what is being prepared', () => {
  it('is followed until it is done, through an absence of the server, and told once', async () => {
    const { preparation, settled, next } = server(library, new Error('away'), { ...library, percent: 80 }, ready)
    const done = vi.fn<() => void>()
    preparation.onDone(done)
    preparation.met()
    preparation.met()
    await settled()
    expect(preparation.state()).toEqual({ ofLibrary: true, percent: 43 })
    next()
    await settled()
    expect(preparation.state()).toEqual({ ofLibrary: true, percent: 43 })
    next()
    await settled()
    expect(preparation.state()).toEqual({ ofLibrary: true, percent: 80 })
    next()
    await vi.waitFor(() => expect(done).toHaveBeenCalledOnce())
    expect(preparation.state()).toBeNull()
  })

  it('may be something that most pages do without, the least of which counts', async () => {
    const { preparation, settled } = server({ ...ready, readModels: [{ ...items, percent: 90 }, history] })
    preparation.met()
    await settled()
    expect(preparation.state()).toEqual({ ofLibrary: false, percent: 12 })
  })

  it('is followed anew when it is met again', async () => {
    const { preparation, settled } = server(ready, library)
    const done = new Promise<void>(resolve => preparation.onDone(resolve))
    preparation.met()
    await done
    preparation.met()
    await settled()
    expect(preparation.state()).toEqual({ ofLibrary: true, percent: 43 })
  })
})
