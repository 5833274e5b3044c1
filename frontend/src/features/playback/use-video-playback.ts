import type { Item } from '@projectionist/shared/api/items'
import { useEffect, useState } from 'react'
import { cardTitle, episodeCode } from '../../lib/item-words.js'
import { bindMediaSession } from '../../player/media-session.js'
import { connectPersonalPlayback } from '../../player/personal-playback.js'
import type { Playback } from '../../player/server-ports.js'

/** A playback for a video element while it is mounted. */
export function useVideoPlayback(video: HTMLVideoElement | null): Playback | null {
  const [playback, setPlayback] = useState<Playback | null>(null)
  useEffect(() => {
    if (!video) return
    const connected = connectPersonalPlayback(video)
    setPlayback(connected)
    return () => {
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
