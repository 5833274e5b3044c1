import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** Whether a part of the app could not be loaded because the server has a newer version of it, or cannot be reached. */
export const isNotThere = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script failed|Importing a module/i.test(error.message)

const ASK_AGAIN_MS = 1000
const key = 'reloaded-at'

/** Resolves when the server answers. */
export async function untilThere(): Promise<void> {
  while (!(await fetch('/api/health/live').catch(() => undefined))?.ok) await new Promise(resolve => setTimeout(resolve, ASK_AGAIN_MS))
}

/** Reloads, as soon as there is a server, to get the newer version; not twice within a minute, should that not help. */
export async function reloadOnce(): Promise<void> {
  await untilThere()
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}

/** Loads a part of the app; a server that is away is waited for. Rejects when the part is not there any more. */
export async function loaded<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (!isNotThere(error)) throw error
    await untilThere()
    return load()
  }
}

/** A component that is loaded when it is first shown. */
export const later = <P>(load: () => Promise<{ default: ComponentType<P> }>): LazyExoticComponent<ComponentType<P>> => lazy(() => loaded(load))
