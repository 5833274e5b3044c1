import type { Endpoint } from '@projectionist/shared/api/endpoint'
import { CONTRACT } from './handle.js'

/** Throws unless every endpoint has exactly one handler among the controllers: found at the start, not by a user. */
export function checkEveryEndpoint(endpoints: ReadonlyMap<string, Endpoint>, controllers: readonly object[]): void {
  const handled = controllers.flatMap(controller => {
    const prototype = Object.getPrototypeOf(controller) as Record<string, unknown>
    return Object.getOwnPropertyNames(prototype).flatMap(name => {
      const method = prototype[name]
      const contract = typeof method === 'function' ? (Reflect.getMetadata(CONTRACT, method) as Endpoint | undefined) : undefined
      return contract ? [contract] : []
    })
  })
  for (const [name, endpoint] of endpoints) {
    const count = handled.filter(contract => contract === endpoint).length
    if (count !== 1) throw new Error(`Endpoint ${name} has ${count} handlers`)
  }
}
