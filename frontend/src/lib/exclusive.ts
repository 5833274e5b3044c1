/**
 * Runs `work` while no other tab runs work of the same name. Web Locks where the browser has them; they need a secure
 * context, so over plain HTTP at home a lease in localStorage stands in: it lapses after `leaseMs`, should a tab die.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(name, work) as Promise<T>
  const key = `lock:${name}`
  const own = randomId()
  while (!takeLease(localStorage, key, own, Date.now())) await leaseChange(key)
  try {
    return await work()
  } finally {
    if (holder(localStorage.getItem(key)) === own) localStorage.removeItem(key)
  }
}

const leaseMs = 10_000
const retryMs = 250

/** Whether `own` holds the lease at `key` now: it was free, lapsed, or ours already. */
export function takeLease(storage: Pick<Storage, 'getItem' | 'setItem'>, key: string, own: string, nowMs: number): boolean {
  const current = storage.getItem(key)
  const until = Number(current?.split(' ')[1] ?? 0)
  if (current !== null && holder(current) !== own && until > nowMs && until <= nowMs + leaseMs) return false
  storage.setItem(key, `${own} ${nowMs + leaseMs}`)
  return holder(storage.getItem(key)) === own
}

const holder = (lease: string | null) => lease?.split(' ')[0]

const leaseChange = (key: string) =>
  new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('storage', onStorage)
      resolve()
    }
    const onStorage = (event: StorageEvent) => event.key === key && done()
    const timer = setTimeout(done, retryMs)
    addEventListener('storage', onStorage)
  })

/** A random UUID; `crypto.randomUUID` is missing over plain HTTP, `getRandomValues` is not. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
