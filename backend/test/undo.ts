import { randomUUID } from 'node:crypto'
import { eventTypes } from '@projectionist/shared/events/all'
import type { EventOf } from '@projectionist/shared/events/event'
import { expect } from 'vitest'
import type { AnyDecider } from '../src/platform/eventing/decider.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import type { RecordedEvent } from '../src/platform/eventing/event-store.js'
import { takeBack } from '../src/platform/eventing/taking-back.js'
import { Recording } from './events.js'

/** What happens to one stream, and what is taken back of it. */
export class Story {
  readonly history: RecordedEvent[] = []
  readonly #recording = new Recording()

  constructor(
    private readonly deciders: readonly AnyDecider[],
    private readonly streamId: string,
  ) {}

  happens(...events: EventOf[]): RecordedEvent[] {
    const recorded = this.#recording.record(this.streamId, ...events)
    // Positions and revisions go on from what was taken back in between.
    for (const event of recorded)
      this.history.push({ ...event, revision: this.history.length, position: this.history.length + 1 })
    return this.history.slice(-events.length)
  }

  /** Takes these events back and appends what that takes. */
  takesBack(...chosen: RecordedEvent[]) {
    const ids = new Set(chosen.map(({ id }) => id))
    const undo = { id: randomUUID(), actor: { kind: 'process', name: 'test' } as const, now: new Date('2026-01-02T00:00:00Z') }
    const taken = takeBack(this.deciders, new EventCatalog(eventTypes), this.history, ({ id }) => ids.has(id), undo)
    this.history.push(...taken.events)
    return {
      ...taken,
      appends(...expected: EventOf[]): void {
        expect(taken.events.map(({ type, data }) => ({ type, data }))).toEqual(expected)
        expect(new Set(taken.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['reverted']))
      },
      needsNothing(): void {
        expect(taken.outcomes.map(({ outcome }) => outcome)).toEqual(chosen.map(() => 'unneeded'))
        expect(taken.events).toEqual([])
      },
      stays(why: string, since?: RecordedEvent): void {
        expect(taken.outcomes).toEqual([{ event: chosen[0], outcome: 'conflict', why, ...(since && { since: since.id }) }])
        expect(taken.events).toEqual([])
      },
    }
  }
}
