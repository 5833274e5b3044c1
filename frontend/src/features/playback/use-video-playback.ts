import type { Item } from '@projectionist/shared/api/items'
import { useEffect, useState } from 'react'
import { cardTitle, episodeCode } from '../../lib/item-words.js'
import { bindMediaSession } from '../../player/media-session.js'
import { playerPreferences, prefer } from '../../player/player-preferences.js'
import { connectPlayback, type Playback } from '../../player/server-ports.js'
import { releaseSound, takeSound } from '../../player/sound-focus.js'
import { createWakeLock } from '../../player/wake-lock.js'

/** A playback for a video element while it is mounted, at the person's own volume; the screen stays on while it plays. */
export function useVideoPlayback(video: HTMLVideoElement | null): Playback | null {
  const [playback, setPlayback] = useState<Playback | null>(null)
  useEffect(() => {
    if (!video) return
    const connected = connectPlayback(video)
    const { engine } = connected
    const { volume, muted } = playerPreferences.get()
    engine.setVolume(volume)
    engine.setMuted(muted)
    const wakeLock = createWakeLock()
    const unwatch = engine.state.watch(() => {
      const state = engine.state.get()
      if (state.playing) takeSound(engine, engine.pause)
      wakeLock.hold(state.playing && state.phase === 'ready')
      const kept = playerPreferences.get()
      if (kept.volume !== state.volume || kept.muted !== state.muted) prefer({ volume: state.volume, muted: state.muted })
    })
    setPlayback(connected)
    return () => {
      unwatch()
      wakeLock.hold(false)
      releaseSound(engine)
      connected.destroy()
      setPlayback(null)
    }
  }, [video])
  return playback
}

/** What the system's own controls show and do while this plays. */
export function useMediaSession(playback: Playback | null, item: Item | undefined, playNext: (() => void) | null): void {
  useEffect(() => {
    if (!playback || !item) return
    const episode = item.kind === 'episode'
    return bindMediaSession(playback.engine, {
      title: item.title,
      artist: episode ? cardTitle(item) : '',
      album: episode ? episodeCode(item) : item.year === null ? '' : String(item.year),
      picture: item.pictures.poster ?? item.pictures.thumb ?? item.pictures.backdrop,
      next: playNext,
      previous: null,
    })
  }, [playback, item, playNext])
}
