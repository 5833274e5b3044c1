import { getItem } from '@projectionist/shared/api/items'
import { call } from '../../lib/api.js'
import { connectPlayback, type Playback } from '../../player/server-ports.js'
import { gainFactor, heardAsAlbum, type Queue } from './queue.js'

/** One of two players, as at a disc jockey's: while one is heard, the other has the next track ready. */
export interface Deck {
  readonly playback: Playback
  /** Key of the entry it holds. */
  key: string | null
}

export function createDecks(): readonly [Deck, Deck] {
  const deck = (): Deck => {
    const audio = new Audio()
    audio.preload = 'auto'
    return { playback: connectPlayback(audio), key: null }
  }
  return [deck(), deck()]
}

/** Puts an entry on a deck. */
export function lay(
  deck: Deck,
  queue: Queue,
  index: number,
  options: { readonly play: boolean; readonly startMs: number },
): void {
  const entry = queue.entries[index]
  if (!entry) return
  deck.key = entry.key
  void deck.playback.engine.load({ itemId: entry.item.id, ...options })
  deck.playback.engine.setGain(1)
  // Loudness is in the item's details. Until they come, the track is as loud as its file.
  call(getItem, { params: { id: entry.item.id } }).then(
    item => {
      if (deck.key === entry.key) deck.playback.engine.setGain(gainFactor(item, heardAsAlbum(queue, index)))
    },
    () => {},
  )
}

export function lift(deck: Deck): void {
  deck.key = null
  deck.playback.engine.stop()
}
