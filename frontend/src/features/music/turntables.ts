import { playerPreferences, prefer } from '../../player/player-preferences.js'
import { clamp } from '../../player/scrubber.js'
import { releaseSound, takeSound } from '../../player/sound-focus.js'
import { createDecks, lay, lift, type Deck } from './decks.js'
import { keep, music, queueNow } from './music-store.js'
import { following, goTo, type Queue } from './queue.js'

/**
 * Plays the queue on two decks without gaps: shortly before a track ends, the next one is laid on the other deck; its start
 * is timed by the clock, since an element tells of its end tens of milliseconds late.
 */

/** Time before a track's end at which the next one is made ready. */
const preloadMs = 20_000
/** How long before the end the start of the next one is timed. */
const watchMs = 1_500
/** A track that cannot be played is stepped over after this long, so many times in a row. */
const skipAfterMs = 4_000
const mostSkips = 3

/** Who holds the sound while music plays. */
const owner = {}
let decks: readonly [Deck, Deck] | null = null
let active = 0
let handOver: ReturnType<typeof setTimeout> | undefined
let skip: ReturnType<typeof setTimeout> | undefined
let skips = 0
/** What starting a track takes in this browser; learnt at each hand-over. */
let leadMs = 60

const activeDeck = () => decks![active]!
const spareDeck = () => decks![1 - active]!
const keyAt = (index: number | null) => (index === null ? null : (queueNow().entries[index]?.key ?? null))

/** The decks, made at the first press of play: browsers let only a press make sound. */
export function setUp(): readonly [Deck, Deck] {
  if (decks) return decks
  const both = (decks = createDecks())
  const { volume, muted } = playerPreferences.get()
  for (const deck of both) {
    const { engine } = deck.playback
    engine.setVolume(volume)
    engine.setMuted(muted)
    engine.state.watch(() => follow(deck))
    // iOS lets an element play later without a touch if it was loaded during one.
    engine.media.load()
  }
  addEventListener('pagehide', keep)
  return both
}

/** Takes a queue over. A track that was made ready and does not come next any more is put away. */
export function setQueue(queue: Queue): void {
  music.set(now => ({ ...now, queue }))
  keep()
  if (!decks) return
  const spare = spareDeck()
  // A spare deck that still plays is at the last notes of the track before.
  if (spare.key !== null && spare.key !== keyAt(following(queue, false)) && !spare.playback.engine.state.get().playing)
    lift(spare)
}

/** Plays the entry at `index` from the start, or from `startMs`. */
export function play(index: number, startMs = 0): void {
  const both = setUp()
  const key = keyAt(index)
  if (key === null) return
  const before = both[active]!
  const spare = both[1 - active]!
  const ready = startMs === 0 && spare.key === key && spare.playback.engine.state.get().phase === 'ready'
  if (ready) lift(before)
  hear(ready ? spare : before)
  setQueue(goTo(queueNow(), index))
  if (ready) spare.playback.engine.play()
  else lay(before, queueNow(), index, { play: true, startMs })
}

/** A person chose something new: tracks that failed before no longer count. */
export function startOver(): void {
  skips = 0
}

/** Takes the current track off its deck; the queue stays. */
export function silence(): void {
  clearTimeout(handOver)
  clearTimeout(skip)
  releaseSound(owner)
  if (decks) for (const deck of decks) lift(deck)
}

/** Makes a deck the one that is heard. */
function hear(deck: Deck) {
  clearTimeout(handOver)
  clearTimeout(skip)
  active = setUp().indexOf(deck)
  music.set(now => ({ ...now, engine: deck.playback.engine }))
}

function follow(deck: Deck) {
  const state = deck.playback.engine.state.get()
  const kept = playerPreferences.get()
  if (kept.volume !== state.volume || kept.muted !== state.muted) prefer({ volume: state.volume, muted: state.muted })
  if (deck !== activeDeck()) {
    // It has played out under the next track's first notes.
    if (state.phase === 'ended') lift(deck)
    return
  }
  if (state.playing) takeSound(owner, deck.playback.engine.pause)
  if (state.phase === 'failed') return stepOver()
  if (state.phase === 'ended') return goOn()
  if (state.phase !== 'ready' || !state.playing) return clearTimeout(handOver)
  if (state.positionMs > 1000) skips = 0
  const left = state.durationMs - state.positionMs
  if (left < preloadMs) makeReady()
  if (left < watchMs && state.waiting === null) timeHandOver(deck)
}

function makeReady() {
  const index = following(queueNow(), false)
  const spare = spareDeck()
  if (index !== null && spare.key !== keyAt(index)) lay(spare, queueNow(), index, { play: false, startMs: 0 })
}

function timeHandOver(deck: Deck) {
  const { media } = deck.playback.engine
  const leftMs = ((media.duration - media.currentTime) * 1000) / media.playbackRate
  clearTimeout(handOver)
  if (!Number.isFinite(leftMs)) return
  handOver = setTimeout(
    () => {
      const index = following(queueNow(), false)
      const spare = spareDeck()
      const atTheEnd = deck === activeDeck() && !media.paused && media.duration - media.currentTime < 0.4
      if (index === null || !atTheEnd || spare.key !== keyAt(index) || spare.playback.engine.state.get().phase !== 'ready') return
      spare.playback.engine.play()
      learnLead(spare.playback.engine.media)
      hear(spare)
      setQueue(goTo(queueNow(), index))
    },
    Math.max(0, leftMs - leadMs),
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

/** The end came before the next track was ready, or is the end of all. */
function goOn() {
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
