import { afterEach, describe, expect, it, vi } from 'vitest'
import { childPool, type ChildPool, type ChildPoolOptions } from './child-pool.js'
import type { Trial } from './child-pool.fixture.js'
import { compiled } from './compiled.js'

const entry = compiled(import.meta.url, './child-pool.fixture.js')
const pools: ChildPool<Trial, unknown>[] = []
const pool = (options: Partial<ChildPoolOptions> = {}): ChildPool<Trial, unknown> => {
  const made = childPool<Trial, unknown>({ entry, size: 2, timeoutMs: 20_000, ...options })
  pools.push(made)
  return made
}
afterEach(() => Promise.all(pools.splice(0).map(one => one.close())))

describe('a pool of children', () => {
  it('answers every task with few children', async () => {
    const children = pool()
    const texts = Array.from({ length: 50 }, (_, index) => `${index}`)
    expect(await Promise.all(texts.map(text => children.run({ do: 'echo', text })))).toEqual(texts)
    expect(children.children).toBe(2)
  })

  it('fails only the task of a child that dies', async () => {
    const children = pool()
    const results = await Promise.allSettled([
      children.run({ do: 'crash' }), children.run({ do: 'echo', text: 'a' }), children.run({ do: 'crash' }), children.run({ do: 'echo', text: 'b' }), children.run({ do: 'fail' }),
    ])
    expect(results.map(result => (result.status === 'fulfilled' ? result.value : (result.reason as { code: string }).code))).toEqual(['crashed', 'a', 'crashed', 'b', 'said-no'])
  })

  it('kills a child that takes too long, and goes on', async () => {
    const children = pool({ size: 1, timeoutMs: 1500 })
    const hanging = children.run({ do: 'hang' })
    const next = children.run({ do: 'echo', text: 'next' })
    await expect(hanging).rejects.toMatchObject({ code: 'too-slow' })
    expect(await next).toBe('next')
  })

  it('lets idle children go, and replaces old ones', async () => {
    const children = pool({ size: 1, idleMs: 1, tasksPerChild: 1000 })
    await children.run({ do: 'echo', text: 'x' })
    await vi.waitFor(() => expect(children.children).toBe(0), { timeout: 5000 })
    const worn = pool({ size: 1, tasksPerChild: 1 })
    expect(await worn.run({ do: 'pid' })).not.toBe(await worn.run({ do: 'pid' }))
  })

  it('forgets tasks whose caller gave up, and refuses new ones when closed', async () => {
    const children = pool({ size: 1 })
    const stop = new AbortController()
    const given = [children.run({ do: 'echo', text: 'a' }), children.run({ do: 'echo', text: 'b' }, stop.signal)]
    stop.abort(new Error('enough'))
    expect(await Promise.allSettled(given)).toMatchObject([{ value: 'a' }, { reason: { message: 'enough' } }])
    await expect(children.run({ do: 'echo', text: 'c' }, stop.signal)).rejects.toThrow('enough')
    await children.close()
    await expect(children.run({ do: 'echo', text: 'd' })).rejects.toMatchObject({ code: 'crashed' })
  })
})
