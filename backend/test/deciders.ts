import type { EventOf } from '@projectionist/shared/events/event'
import type { ErrorCode } from '@projectionist/shared/api/errors'
import { expect } from 'vitest'
import { DomainError, type Attribution, type Command, type Decider } from '../src/platform/eventing/decider.js'

export const by: Attribution = {
  commandId: '0c0c0c0c-0000-4000-8000-000000000001',
  actor: { kind: 'process', name: 'test' },
  reason: 'test',
  correlationId: '0c0c0c0c-0000-4000-8000-000000000001',
  causationId: '0c0c0c0c-0000-4000-8000-000000000001',
}

/** Given these events, when this command, then exactly these events, or this error. */
export function given<S, C extends Command, E extends EventOf>(
  decider: Decider<S, C, E>,
  events: readonly E[],
  now = new Date('2026-01-01T20:00:00Z'),
) {
  const state = events.reduce((folded, event) => decider.evolve(folded, event), decider.initial)
  return {
    when(command: C) {
      const decide = (): readonly E[] => decider.decide(command, state, { now })
      return {
        then(...expected: E[]): void {
          expect(decide()).toEqual(expected)
        },
        refuses(code: ErrorCode): void {
          expect(decide).toThrow(expect.objectContaining({ name: 'DomainError', code }) as DomainError)
        },
      }
    },
  }
}
