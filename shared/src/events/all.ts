import type { EventType } from './event.js'
import { exportEvents } from './export.js'
import { itemEvents } from './item.js'
import { libraryEvents } from './library.js'
import { playbackEvents } from './playback.js'
import { projectionEvents } from './projection.js'
import { scanEvents } from './scan.js'
import { transcodeEvents } from './transcode.js'
import { undoEvents } from './undo.js'
import { erasureEvents, userEvents } from './user.js'

/** Every kind of event there is, by name. */
export const eventTypes: ReadonlyMap<string, EventType> = new Map(
  [
    ...itemEvents, ...libraryEvents, ...playbackEvents, ...scanEvents, ...transcodeEvents, ...undoEvents, ...userEvents, ...erasureEvents,
    ...projectionEvents, ...exportEvents,
  ].map(type => [type.name, type as EventType]),
)
