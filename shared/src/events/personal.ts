import { playbackEvents } from './playback.js'
import { TranscodeEnded, TranscodeFailed, TranscodeStarted } from './transcode.js'
import { userEvents } from './user.js'

/** Streams that are named after a person: `user-<userId>`, `playback-<userId>.<itemId>`. */
const named = new Set(['user', 'playback'])

/** Every kind of event that stands in a stream of one person's. */
export const personalEvents = [...userEvents, ...playbackEvents, TranscodeStarted, TranscodeEnded, TranscodeFailed] as const
export const personalTypes: readonly string[] = personalEvents.map(({ name }) => name)

/**
 * The person whose stream an event stands in; undefined for the library's own. A stream that is not named after a person names
 * them in its events, the first at least. Erasing a person deletes these streams, and these only: nothing personal may stand elsewhere.
 */
export function ownerOf({ streamId, data }: { readonly streamId: string; readonly data: unknown }): string | undefined {
  const [, category = '', first = ''] = /^([a-z-]+?)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(streamId) ?? []
  if (named.has(category)) return first
  return category === 'transcode' ? (data as { userId?: string }).userId : undefined
}
