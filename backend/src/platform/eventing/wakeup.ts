/** A bell that several loops wait at. Ringing between two waits is not missed. */
export class Bell {
  #rung = 0
  readonly #waiting = new Set<() => void>()

  ring(): void {
    this.#rung++
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  get count(): number {
    return this.#rung
  }

  /** Resolves when the bell has rung more than `since` times, after `ms`, or when aborted; never rejects. */
  wait(since: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#rung > since || signal.aborted) return Promise.resolve()
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms).unref()
      signal.addEventListener('abort', done, { once: true })
      this.#waiting.add(done)
    })
  }
}
