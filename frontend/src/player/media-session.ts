import type { Picture } from '@projectionist/shared/api/items'
import { imageWidths } from '@projectionist/shared/api/items'
import type { Engine } from './engine.js'

/** What lock screens, headphones and keyboards show and do; https://w3c.github.io/mediasession/ */
export interface NowPlaying {
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly picture: Picture | undefined
  readonly next: (() => void) | null
  readonly previous: (() => void) | null
}

const shown = ({ title, artist, album, picture }: NowPlaying) =>
  new MediaMetadata({
    title,
    artist,
    album,
    artwork:
      picture === undefined
        ? []
        : imageWidths.slice(1, 5).map(width => ({
            src: new URL(`${picture.url}${picture.url.includes('?') ? '&' : '?'}w=${width}`, location.href).href,
            sizes: `${width}x${Math.round((width * picture.height) / Math.max(1, picture.width))}`,
          })),
  })

/** Ties the system's media controls to an engine until the returned function is called. Does nothing where there are none. */
export function bindMediaSession(engine: Engine, playing: NowPlaying): () => void {
  if (!('mediaSession' in navigator)) return () => {}
  const session = navigator.mediaSession
  session.metadata = shown(playing)

  const actions: Partial<Record<MediaSessionAction, MediaSessionActionHandler | null>> = {
    play: engine.play,
    pause: engine.pause,
    stop: engine.pause,
    seekbackward: ({ seekOffset }) => engine.seekBy(-(seekOffset ?? 10) * 1000),
    seekforward: ({ seekOffset }) => engine.seekBy((seekOffset ?? 10) * 1000),
    seekto: ({ seekTime }) => engine.seek((seekTime ?? 0) * 1000),
    nexttrack: playing.next,
    previoustrack: playing.previous,
  }
  const handle = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
    try {
      session.setActionHandler(action, handler)
    } catch {
      // This browser does not know the action.
    }
  }
  for (const [action, handler] of Object.entries(actions)) handle(action as MediaSessionAction, handler)

  let said = ''
  const follow = () => {
    const { playing: plays, positionMs, durationMs, rate } = engine.state.get()
    // The system extrapolates; it has to hear of jumps, not of every tick.
    const now = `${plays} ${rate} ${durationMs} ${Math.round(positionMs / 5000)}`
    if (now === said) return
    said = now
    session.playbackState = plays ? 'playing' : 'paused'
    if (durationMs > 0)
      session.setPositionState({
        duration: durationMs / 1000,
        playbackRate: rate,
        position: Math.min(positionMs, durationMs) / 1000,
      })
  }
  const unwatch = engine.state.watch(follow)
  follow()
  return () => {
    unwatch()
    session.metadata = null
    session.playbackState = 'none'
    for (const action of Object.keys(actions)) handle(action as MediaSessionAction, null)
  }
}
