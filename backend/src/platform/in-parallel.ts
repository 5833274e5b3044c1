/** Does work on each of many, at most so many at a time; the results in the order of what was given. Stops at the first failure. */
export async function inParallel<T, R>(atOnce: number, all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(all.length)
  let next = 0
  let failed = false
  const worker = async (): Promise<void> => {
    while (next < all.length && !failed) {
      const index = next++
      try {
        results[index] = await work(all[index]!)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker))
  return results
}
