/** Whether a page could not be loaded because the server has a newer version of the app, or cannot be reached. */
export const isStaleChunk = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script failed|Importing a module/i.test(error.message)

const key = 'reloaded-at'

/** Reloads to get the newer version; not twice within a minute, should that not help. */
export function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}
