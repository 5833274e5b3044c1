import { eventTypes } from './all.js'
import type { EventType } from './event.js'
import { itemEvents } from './item.js'
import { libraryEvents } from './library.js'
import { projectionEvents } from './projection.js'
import { scanEvents } from './scan.js'
import { erasureEvents } from './user.js'

const ofTheLibrary: ReadonlySet<string> = new Set(
  [...itemEvents, ...libraryEvents, ...scanEvents, ...projectionEvents, ...erasureEvents].map(({ name }) => name),
)

/** Every kind of event that may stand in a stream of one person's. */
export const personalEvents: readonly EventType[] = [...eventTypes.values()].filter(({ name }) => !ofTheLibrary.has(name))

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** Streams named after a person: `user-<userId>`, and of whatever category those that go on behind their id, `playback-<userId>.<itemId>`. */
const named = new RegExp(`^(?:user-(${ID})|[a-z-]+?-(${ID})\\..+)$`)

/**
 * The person whose stream an event stands in; undefined for the library's own. A stream that is not named after a person names
 * them in its events, the first at least. Erasing a person deletes these streams, and these only: nothing personal may stand elsewhere.
 */
export function ownerOf({ streamId, data }: { readonly streamId: string; readonly data: unknown }): string | undefined {
  const [, user, owner] = named.exec(streamId) ?? []
  return user ?? owner ?? (streamId.startsWith('transcode-') ? (data as { userId?: string }).userId : undefined)
}
