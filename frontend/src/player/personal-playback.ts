import { playerPreferences, prefer } from './player-preferences.js'
import { connectPlayback, type Playback } from './server-ports.js'
import { releaseSound, takeSound } from './sound-focus.js'
import { createWakeLock } from './wake-lock.js'

/** A playback at this person's own volume, which takes the sound from other players and keeps the screen on while it plays. */
export function connectPersonalPlayback(video: HTMLVideoElement): Playback {
  const playback = connectPlayback(video)
  const { engine } = playback
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
  return {
    ...playback,
    destroy: () => {
      unwatch()
      wakeLock.hold(false)
      releaseSound(engine)
      playback.destroy()
    },
  }
}
