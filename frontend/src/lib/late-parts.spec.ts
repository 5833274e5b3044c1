import { afterEach, describe, expect, it, vi } from 'vitest'
import { isNotThere, loaded } from './late-parts.js'

const notThere = new TypeError('Failed to fetch dynamically imported module: http://localhost/assets/part.js')

describe('a part of the app that is loaded late', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** Answers of the server, one a request; undefined: nobody answers. */
  const server = (...answers: (boolean | undefined)[]) =>
    vi.stubGlobal('fetch', vi.fn<() => Promise<{ ok: boolean }>>(() => {
      const ok = answers.shift()
      return ok === undefined ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ ok })
    }))

  it('waits for a server that is away, and is then asked for once more', async () => {
    vi.useFakeTimers()
    server(undefined, false, true)
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(notThere).mockResolvedValue('part')
    const part = loaded(load)
    await vi.advanceTimersByTimeAsync(5000)
    expect(await part).toBe('part')
    expect(load).toHaveBeenCalledTimes(2)
    expect(fetch).toHaveBeenCalledTimes(3)
    vi.useRealTimers()
  })

  it('that is gone from the server is told to be', async () => {
    server(true)
    const error = await loaded(() => Promise.reject(notThere)).catch((error: unknown) => error)
    expect(isNotThere(error)).toBe(true)
  })

  it('that is broken is not asked for again', async () => {
    server()
    const load = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('broken'))
    await expect(loaded(load)).rejects.toThrow('broken')
    expect(load).toHaveBeenCalledTimes(1)
    expect(fetch).not.toHaveBeenCalled()
  })
})
