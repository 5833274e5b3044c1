import { refresh as refreshEndpoint, type Tokens } from '@projectionist/shared/api/accounts'
import type { Call, Endpoint, Response as Answer } from '@projectionist/shared/api/endpoint'
import { AS_OF } from '@projectionist/shared/api/time-travel'
import { exclusively, randomId } from './exclusive.js'
import { past } from './past.js'
import { preparing } from './preparing.js'
import { ApiError, unreachable } from './problem.js'
import { addressOf, namesPast } from './request.js'
import { type Access, createSession } from './session.js'

interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Lets the request outlive the page, for a last word while it is left. */
  readonly keepalive?: boolean
  /** Id of the past library to ask, in place of what this tab looks at. */
  readonly asOf?: string
  /** The same for a call that is made again: the server does it once, and gives what it created the same ids. */
  readonly commandId?: string
}
type Arguments<E extends Endpoint> = {} extends Call<E> ? [options?: Call<E> & CallOptions] : [options: Call<E> & CallOptions]

/** Place in the log of this device's last write: reads ask for at least that (`Min-Position`), so one sees what one did. */
let lastPosition: string | null = null

async function send(endpoint: Endpoint, options: Partial<RequestParts> & CallOptions, token: string | null, commandId: string) {
  const headers = new Headers({ Accept: 'application/json' })
  if (token) headers.set('Authorization', `Bearer ${token}`)
  if (options.body !== undefined) headers.set('Content-Type', 'application/json')
  if (endpoint.method !== 'GET') headers.set('Idempotency-Key', commandId)
  else if (lastPosition) headers.set('Min-Position', lastPosition)
  const asOf = options.asOf ?? past.get()?.id
  if (asOf !== undefined && namesPast(endpoint)) headers.set(AS_OF, asOf)
  const response = await fetch(addressOf(endpoint.path, options.params, options.query), {
    method: endpoint.method,
    headers,
    credentials: 'same-origin',
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
    keepalive: options.keepalive ?? false,
  }).catch((error: unknown) => {
    throw options.signal?.aborted ? error : unreachable(error)
  })
  if (endpoint.method !== 'GET') lastPosition = response.headers.get('Position') ?? lastPosition
  return response
}

interface RequestParts {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

async function answerOf<E extends Endpoint>(response: Response): Promise<Answer<E>> {
  if (!response.ok) {
    const error = await ApiError.from(response)
    if (error.code === 'preparing') preparing.met()
    throw error
  }
  return (response.status === 204 ? undefined : await response.json()) as Answer<E>
}

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('projectionist-session')

/** The session of this browser, shared among its tabs. */
export const session = createSession({
  async refresh() {
    const response = await send(refreshEndpoint, { body: {} }, null, randomId())
    if (response.status === 401) return null
    return answerOf<typeof refreshEndpoint>(response) as Promise<Tokens>
  },
  exclusively: work => exclusively('projectionist-refresh', work),
  announce: access => channel?.postMessage(access),
  now: Date.now,
})
// Whoever signs in next begins with today.
session.watch(() => session.state().status === 'signed-out' && past.set(null))
channel?.addEventListener('message', (event: MessageEvent<Access | null>) => session.adopt(event.data))

/**
 * Calls an endpoint of the contracts: `call(getItem, { params: { id } })`. Renews the access token when it has lapsed, and once
 * more when the server refuses it. Throws `ApiError` with the server's problem, or with code `unreachable` when there is no
 * answer; an aborted call rejects with the signal's reason.
 */
export async function call<E extends Endpoint>(endpoint: E, ...[options]: Arguments<E>): Promise<Answer<E>> {
  const parts = (options ?? {}) as Partial<RequestParts> & CallOptions
  const commandId = parts.commandId ?? randomId()
  if (endpoint.access === 'anyone') return answerOf<E>(await send(endpoint, parts, null, commandId))
  const token = await session.token()
  const response = await send(endpoint, parts, token, commandId)
  if (response.status !== 401 || !token) return answerOf<E>(response)
  // A 401 may also be the endpoint's own answer, such as a wrong password: then another token would not change it.
  const refused = await ApiError.from(response)
  if (refused.code !== 'not-signed-in' && refused.code !== 'session-ended') throw refused
  const another = await session.token(token)
  if (!another) throw refused
  return answerOf<E>(await send(endpoint, parts, another, commandId))
}
