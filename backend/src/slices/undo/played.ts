import { randomUUID } from 'node:crypto'
import type { PlayedItem } from '@projectionist/shared/api/undo'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Caller } from '../../platform/http/caller.js'
import type { ItemSummaries } from '../../platform/item-summaries.js'
import { decide, type UndoParts } from './decisions.js'
import { EVERYTHING } from './rights.js'
import { isChosen, nextStreams, type Chosen } from './selection.js'

const PAGE = 2000
const MOST = 500

/** What a person played between two moments and can still forget, latest first. */
export async function played(
  parts: UndoParts,
  summaries: ItemSummaries,
  caller: Caller,
  from: string,
  to: string,
): Promise<{ played: PlayedItem[]; more: boolean }> {
  const chosen: Chosen = {
    selection: { of: 'plays', from, to },
    types: parts.kinds.revertible,
    personal: caller.userId,
    before: EVERYTHING,
    scanCauses: [],
  }
  const undo = { id: randomUUID(), actor: { kind: 'user' as const, userId: caller.userId }, now: new Date() }
  const found: Omit<PlayedItem, 'item'>[] = []
  let after = 0
  for (;;) {
    const page = await nextStreams(parts.sql, chosen, after, PAGE)
    if (page.end === undefined) break
    for (const { streamId, history, outcomes } of await decide(parts, page.streamIds, chosen, undo, after)) {
      if (!outcomes.some(({ outcome }) => outcome === 'reverted')) continue
      const events = history.filter(event => isChosen(chosen, event))
      const times = events.map(momentOf).toSorted()
      found.push({
        itemId: streamId.slice(-36),
        firstAt: times[0]!,
        lastAt: times.at(-1)!,
        finished: events.some(({ type }) => type === 'PlaybackCompleted'),
      })
    }
    after = page.end
  }
  const latest = found.toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1)).slice(0, MOST)
  const items = new Map(
    (
      await summaries.of(
        caller,
        latest.map(({ itemId }) => itemId),
      )
    ).map(item => [item.id, item]),
  )
  return { played: latest.map(one => ({ ...one, item: items.get(one.itemId) ?? null })), more: found.length > MOST }
}

const momentOf = ({ data, metadata }: RecordedEvent): string => (data as { happenedAt?: string }).happenedAt ?? metadata.time
