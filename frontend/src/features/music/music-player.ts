import type { ItemSummary } from '@projectionist/shared/api/items'
import { createStore } from '../../lib/store.js'
import { bindMediaSession } from '../../player/media-session.js'
import { playerPreferences, prefer } from '../../player/player-preferences.js'
import type { Engine } from '../../player/engine.js'
import { clamp } from '../../player/scrubber.js'
import { releaseSound, takeSound } from '../../player/sound-focus.js'
import { createDecks, lay, lift, type Deck } from './decks.js'
import { keepMusic, keptMusic } from './kept-queue.js'
import {
  clearUpcoming,
  currentEntry,
  cycleRepeat,
  emptyQueue,
  following,
  goTo,
  moveEntry,
  preceding,
  removeEntry,
  setShuffled,
  startQueue,
  type Queue,
} from './queue.js'

export interface MusicState {
  readonly queue: Queue
  /** Plays what is current; null until something was played in this page. */
  readonly engine: Engine | null
  /** Where a reload left off, until it plays again. */
  readonly restoredMs: number
}

/** Time before a track's end at which the next one is made ready. */
const preloadMs = 20_000
/** How long before the end the start of the next one is timed. */
const watchMs = 1_500
/** Going back this late into a track goes to its start. */
const backMs = 3_000
const skipAfterMs = 4_000
const mostSkips = 3

const restored = keptMusic(sessionStorage)
export const music = createStore<MusicState>({ queue: restored.queue, engine: null, restoredMs: restored.positionMs })

const owner = {}
let decks: readonly [Deck, Deck] | null = null
let active = 0
let handOver: ReturnType<typeof setTimeout> | undefined
let skip: ReturnType<typeof setTimeout> | undefined
let skips = 0
/** What starting a track takes in this browser; learnt at each hand-over. */
let leadMs = 60
let shownKey: string | null = null
let unbind = () => {}

const queueNow = () => music.get().queue
const activeDeck = () => decks![active]!
const spareDeck = () => decks![1 - active]!

function setUp(): readonly [Deck, Deck] {
  if (decks) return decks
  const both = (decks = createDecks())
  for (const deck of both) {
    const { engine } = deck.playback
    const { volume, muted } = playerPreferences.get()
    engine.setVolume(volume)
    engine.setMuted(muted)
    engine.state.watch(() => follow(deck))
    // iOS lets an element play later without a touch if it was loaded during one.
    engine.media.load()
  }
  addEventListener('pagehide', keep)
  return both
}

function keep() {
  const { queue, engine, restoredMs } = music.get()
  keepMusic(sessionStorage, { queue, positionMs: engine?.state.get().positionMs ?? restoredMs })
}

function setQueue(queue: Queue) {
  music.set(now => ({ ...now, queue }))
  keep()
  if (!decks) return
  const spare = spareDeck()
  // A spare deck that still plays is at the last notes of the track before.
  if (spare.key !== null && spare.key !== nextKey() && !spare.playback.engine.state.get().playing) lift(spare)
  bindSystem()
}

const nextKey = () => {
  const next = following(queueNow(), false)
  return next === null ? null : (queueNow().entries[next]?.key ?? null)
}

/** Shows and obeys the system's controls for what is current. */
function bindSystem() {
  const entry = currentEntry(queueNow())
  const name = entry && `${entry.key} ${active} ${following(queueNow(), true)} ${preceding(queueNow())}`
  if (name === shownKey) return
  shownKey = name
  unbind()
  unbind = () => {}
  if (!entry) return
  const { item } = entry
  unbind = bindMediaSession(activeDeck().playback.engine, {
    title: item.title,
    artist: artistOf(item),
    album: item.parents.find(parent => parent.kind === 'album')?.title ?? '',
    picture: item.pictures.poster ?? item.pictures.thumb,
    next: following(queueNow(), true) === null ? null : next,
    previous,
  })
}

/** Makes a deck the one that is heard. */
function hear(deck: Deck) {
  clearTimeout(handOver)
  clearTimeout(skip)
  const both = setUp()
  active = both.indexOf(deck)
  music.set(now => ({ ...now, engine: deck.playback.engine }))
  bindSystem()
}

/** Plays the entry at `index` from the start, or from `startMs`. */
function play(index: number, startMs = 0) {
  const both = setUp()
  const entry = queueNow().entries[index]
  if (!entry) return
  const before = both[active]!
  const spare = both[1 - active]!
  const ready = startMs === 0 && spare.key === entry.key && spare.playback.engine.state.get().phase === 'ready'
  const deck = ready ? spare : before
  if (ready) lift(before)
  hear(deck)
  setQueue(goTo(queueNow(), index))
  if (ready) deck.playback.engine.play()
  else lay(deck, queueNow(), index, { play: true, startMs })
}

/** Follows a deck: readies the next track, hands over at the end, steps over what cannot be played. */
function follow(deck: Deck) {
  const { engine } = deck.playback
  const state = engine.state.get()
  const kept = playerPreferences.get()
  if (kept.volume !== state.volume || kept.muted !== state.muted) prefer({ volume: state.volume, muted: state.muted })
  if (deck !== activeDeck()) {
    // It has played out under the next track's first notes.
    if (state.phase === 'ended') lift(deck)
    return
  }
  if (state.playing) takeSound(owner, pause)
  if (state.phase === 'failed') return stepOver()
  if (state.phase === 'ended') return ended()
  if (state.phase !== 'ready' || !state.playing) return clearTimeout(handOver)
  if (state.positionMs > 1000) skips = 0
  const left = state.durationMs - state.positionMs
  if (left < preloadMs) ready()
  if (left < watchMs && state.waiting === null) timeHandOver(deck)
}

function ready() {
  const index = following(queueNow(), false)
  const spare = spareDeck()
  if (index === null || spare.key === queueNow().entries[index]?.key) return
  lay(spare, queueNow(), index, { play: false, startMs: 0 })
}

/** The element's own `ended` comes tens of milliseconds late; the clock does not. */
function timeHandOver(deck: Deck) {
  const { media } = deck.playback.engine
  const left = ((media.duration - media.currentTime) * 1000) / media.playbackRate
  clearTimeout(handOver)
  if (!Number.isFinite(left)) return
  handOver = setTimeout(
    () => {
      const index = following(queueNow(), false)
      const spare = spareDeck()
      const stillThere = deck === activeDeck() && !media.paused && media.duration - media.currentTime < 0.3
      if (
        index === null ||
        !stillThere ||
        spare.key !== queueNow().entries[index]?.key ||
        spare.playback.engine.state.get().phase !== 'ready'
      )
        return
      spare.playback.engine.play()
      learnLead(spare.playback.engine.media)
      hear(spare)
      setQueue(goTo(queueNow(), index))
    },
    Math.max(0, left - leadMs),
  )
}

/** Soon after a start, compares the time that has passed with the time that was heard. */
function learnLead(media: HTMLMediaElement) {
  const startedMs = performance.now()
  setTimeout(() => {
    if (media.paused || media.readyState < 3) return
    const tookMs = performance.now() - startedMs - (media.currentTime * 1000) / media.playbackRate
    leadMs = clamp((leadMs + tookMs) / 2, 0, 250)
  }, 500)
}

function ended() {
  clearTimeout(handOver)
  const index = following(queueNow(), false)
  if (index !== null) play(index)
  else releaseSound(owner)
}

function stepOver() {
  clearTimeout(skip)
  const index = following(queueNow(), true)
  if (index === null || skips >= mostSkips) return
  skip = setTimeout(() => {
    skips += 1
    play(index)
  }, skipAfterMs)
}

let started = 0
/** Plays `items` from `startIndex` on, in place of what was in the queue. */
export function playTracks(items: readonly ItemSummary[], startIndex: number): void {
  setUp()
  const playable = items.filter(item => item.kind === 'track')
  const first = playable.indexOf(items[startIndex] as ItemSummary)
  skips = 0
  setQueue(startQueue(queueNow(), playable, first, `${Date.now()}-${++started}`, Math.random))
  play(queueNow().current)
}

export function pause(): void {
  music.get().engine?.pause()
}

/** Plays or pauses; after a reload, goes on where it was. */
export function toggle(): void {
  const { engine, queue, restoredMs } = music.get()
  if (!engine || engine.state.get().phase === 'idle') play(queue.current, restoredMs)
  else engine.toggle()
}

export function next(): void {
  const index = following(queueNow(), true)
  if (index !== null) play(index)
}

export function previous(): void {
  const { engine } = music.get()
  const index = preceding(queueNow())
  if (engine && (engine.state.get().positionMs > backMs || index === null)) return engine.seek(0)
  if (index !== null) play(index)
}

export const jump = (index: number): void => play(index)
export const seek = (ms: number): void => {
  const { engine } = music.get()
  if (engine && engine.state.get().phase !== 'idle') engine.seek(ms)
  else music.set(now => ({ ...now, restoredMs: ms }))
}
export const setVolume = (volume: number): void => {
  for (const deck of setUp()) deck.playback.engine.setVolume(volume)
}
export const toggleMuted = (): void => {
  const muted = !playerPreferences.get().muted
  for (const deck of setUp()) deck.playback.engine.setMuted(muted)
}
export const toggleShuffle = (): void => setQueue(setShuffled(queueNow(), !queueNow().shuffled, Math.random))
export const changeRepeat = (): void => setQueue(cycleRepeat(queueNow()))
export const move = (from: number, to: number): void => setQueue(moveEntry(queueNow(), from, to))
export const clearRest = (): void => setQueue(clearUpcoming(queueNow()))

/** Takes an entry out; when it plays, what follows plays instead. */
export function remove(index: number): void {
  const wasCurrent = index === queueNow().current
  const goesOn = music.get().engine?.state.get().playing ?? false
  setQueue(removeEntry(queueNow(), index))
  if (queueNow().entries.length === 0) return close()
  if (!wasCurrent || !decks) return
  if (goesOn) play(queueNow().current)
  else {
    lift(activeDeck())
    music.set(now => ({ ...now, restoredMs: 0 }))
  }
}

/** Ends the music and empties the queue. */
export function close(): void {
  clearTimeout(handOver)
  clearTimeout(skip)
  if (decks) for (const deck of decks) lift(deck)
  releaseSound(owner)
  music.set(now => ({
    queue: { ...emptyQueue, repeat: now.queue.repeat, shuffled: now.queue.shuffled },
    engine: null,
    restoredMs: 0,
  }))
  keep()
  bindSystem()
}

/** The track's own artist, or its album's. */
export const artistOf = (item: ItemSummary): string =>
  item.artist ?? item.parents.find(parent => parent.kind === 'artist')?.title ?? ''
