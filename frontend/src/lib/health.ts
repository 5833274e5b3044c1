import { getHealth, type Health } from '@projectionist/shared/api/system'
import { ApiError, unreachable } from './problem.js'
import { addressOf } from './request.js'

/** How the server is. Unlike `call`, it also gives the answer of one that is not ready, which comes with a 503. */
export async function askHealth(signal?: AbortSignal): Promise<Health> {
  const response = await fetch(addressOf(getHealth.path), { cache: 'no-store', signal: signal ?? null }).catch(
    (error: unknown) => {
      throw signal?.aborted ? error : unreachable(error)
    },
  )
  const said = (await response
    .clone()
    .json()
    .catch(() => null)) as Partial<Health> | null
  if (said && typeof said.setUp === 'boolean') return said as Health
  throw await ApiError.from(response)
}
