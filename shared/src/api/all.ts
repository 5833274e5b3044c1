import * as accounts from './accounts.js'
import * as editing from './editing.js'
import type { Endpoint } from './endpoint.js'
import * as history from './history.js'
import * as items from './items.js'
import * as libraries from './libraries.js'
import * as playback from './playback.js'
import * as projections from './projections.js'
import * as system from './system.js'
import * as undo from './undo.js'
import * as timeTravel from './time-travel.js'

const isEndpoint = (value: unknown): value is Endpoint => typeof value === 'object' && value !== null && 'method' in value && 'path' in value

/** Every endpoint there is, by the name of its contract. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  [accounts, editing, history, items, libraries, playback, projections, system, timeTravel, undo].flatMap(module =>
    Object.entries(module as Record<string, unknown>).flatMap(([name, value]) => (isEndpoint(value) ? [[name, value] as const] : [])),
  ),
)
