import { useEffect, useRef } from 'react'
import { usePlayer } from './player-context.js'

/** Keeps the last picture on the screen while the media is exchanged under it, so that a change of quality does not flash black. */
export function FreezeFrame() {
  const { engine } = usePlayer()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const video = engine.media as HTMLVideoElement
    let session = engine.state.get().session
    const hide = () => {
      if (canvas.current) canvas.current.hidden = true
    }
    const unwatch = engine.state.watch(() => {
      const now = engine.state.get()
      const exchanged =
        session !== null && now.session !== null && now.session !== session && now.session.itemId === session.itemId
      session = now.session
      if (now.phase === 'failed' || now.session === null) hide()
      const surface = canvas.current
      if (!exchanged || !surface || video.readyState < 2 || video.videoWidth === 0) return
      surface.width = video.videoWidth
      surface.height = video.videoHeight
      surface.getContext('2d')?.drawImage(video, 0, 0)
      surface.hidden = false
    })
    const shows = ['loadeddata', 'seeked', 'playing'] as const
    const reveal = () => !video.seeking && hide()
    for (const event of shows) video.addEventListener(event, reveal)
    return () => {
      unwatch()
      for (const event of shows) video.removeEventListener(event, reveal)
    }
  }, [engine])
  return <canvas ref={canvas} hidden aria-hidden="true" className="absolute inset-0 size-full object-contain" />
}
