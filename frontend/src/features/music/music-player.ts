import type { ItemSummary } from '@projectionist/shared/api/items'
import { heardTrack } from '../../lib/track-player.js'
import { bindMediaSession } from '../../player/media-session.js'
import { playerPreferences } from '../../player/player-preferences.js'
import { artistOf, keep, music, queueNow } from './music-store.js'
import * as queues from './queue.js'
import { play, setQueue, setUp, silence, startOver } from './turntables.js'

/** Going back this late into a track goes to its start. */
const backMs = 3_000
let started = 0

/** Plays `items` from `startIndex` on, in place of what is in the queue. What is not a track is left out. */
export function playTracks(items: readonly ItemSummary[], startIndex: number): void {
  setUp()
  startOver()
  const tracks = items.filter(item => item.kind === 'track')
  const first = items.slice(0, startIndex).filter(item => item.kind === 'track').length
  setQueue(queues.startQueue(queueNow(), tracks, first, `${Date.now()}-${++started}`, Math.random))
  play(queueNow().current)
}

const isIdle = () => (music.get().engine?.state.get().phase ?? 'idle') === 'idle'

/** Plays or pauses; after a reload, goes on where it was. */
export function toggle(): void {
  const { engine, queue, restoredMs } = music.get()
  if (engine && !isIdle()) return engine.toggle()
  startOver()
  play(queue.current, restoredMs)
}

export function next(): void {
  const index = queues.following(queueNow(), true)
  if (index !== null) play(index)
}

/** To the start of the track; from near its start, to the track before. */
export function previous(): void {
  const { engine } = music.get()
  const index = queues.preceding(queueNow())
  if (engine && (engine.state.get().positionMs > backMs || index === null)) return engine.seek(0)
  if (index !== null) play(index)
}

export function jump(index: number): void {
  startOver()
  play(index)
}

export function seek(ms: number): void {
  if (isIdle()) music.set(now => ({ ...now, restoredMs: ms }))
  else music.get().engine?.seek(ms)
}

export function setVolume(volume: number): void {
  for (const deck of setUp()) deck.playback.engine.setVolume(volume)
}

export function toggleMuted(): void {
  const muted = !playerPreferences.get().muted
  for (const deck of setUp()) deck.playback.engine.setMuted(muted)
}

export const toggleShuffle = (): void => setQueue(queues.setShuffled(queueNow(), !queueNow().shuffled, Math.random))
export const changeRepeat = (): void => setQueue(queues.cycleRepeat(queueNow()))
export const move = (from: number, to: number): void => setQueue(queues.moveEntry(queueNow(), from, to))
export const clearRest = (): void => setQueue(queues.clearUpcoming(queueNow()))

/** Takes an entry out; when it plays, what follows plays instead. */
export function remove(index: number): void {
  const wasCurrent = index === queueNow().current
  const goesOn = music.get().engine?.state.get().playing ?? false
  setQueue(queues.removeEntry(queueNow(), index))
  if (queueNow().entries.length === 0) return close()
  if (!wasCurrent) return
  if (goesOn) return play(queueNow().current)
  silence()
  music.set(now => ({ ...now, restoredMs: 0 }))
}

/** Ends the music and empties the queue. */
export function close(): void {
  silence()
  music.set(now => ({ queue: { ...now.queue, entries: [], current: -1 }, engine: null, restoredMs: 0 }))
  keep()
}

let shown = ''
let bound: unknown = null
let unbind = () => {}
/** Shows and obeys the system's controls for what is current. */
function bindSystem() {
  const { queue, engine } = music.get()
  const entry = queues.currentEntry(queue)
  const ahead = queues.following(queue, true) !== null
  const name = entry && engine ? `${entry.key} ${ahead}` : ''
  if (name === shown && engine === bound) return
  shown = name
  bound = engine
  unbind()
  unbind = () => {}
  if (!entry || !engine) return
  const { item } = entry
  unbind = bindMediaSession(engine, {
    title: item.title,
    artist: artistOf(item),
    album: item.parents.find(parent => parent.kind === 'album')?.title ?? '',
    picture: item.pictures.poster ?? item.pictures.thumb,
    next: ahead ? next : null,
    previous,
  })
}
music.watch(bindSystem)

let watched: unknown = null
let unwatch = () => {}
/** Tells pages which track is current, and whether it sounds. */
function tellHeard() {
  const { queue, engine } = music.get()
  const tell = () => {
    const id = queues.currentEntry(music.get().queue)?.item.id
    const playing = engine?.state.get().playing ?? false
    heardTrack.set(now => (id === undefined ? null : now?.id === id && now.playing === playing ? now : { id, playing }))
  }
  if (engine !== watched) {
    watched = engine
    unwatch()
    unwatch = engine?.state.watch(tell) ?? (() => {})
  }
  if (engine || queue.entries.length === 0) tell()
}
music.watch(tellHeard)
