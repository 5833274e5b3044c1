import type { AttachedSource, Opening } from './attached-source.js'
import { playsHlsItself } from './browser-capabilities.js'
import { PlaybackRefused } from './failure.js'
import type { Trouble } from './recovery.js'

const isHls = (mimeType: string) => /mpegurl/i.test(mimeType)

/** Opens media by its address: whole files, and HLS where the browser plays it. */
function openByAddress(media: HTMLMediaElement, { url, startMs, onTrouble }: Opening): AttachedSource {
  const abort = new AbortController()
  let wanted = startMs
  const open = (ms: number) => {
    wanted = ms
    media.src = url
    media.load()
    return true
  }
  media.addEventListener(
    'loadedmetadata',
    () => {
      if (wanted > 0) media.currentTime = wanted / 1000
    },
    { signal: abort.signal },
  )
  media.addEventListener(
    'error',
    () => {
      const error = media.error
      if (error === null || error.code === MediaError.MEDIA_ERR_ABORTED) return
      void diagnose(url, error, abort.signal).then(trouble => {
        if (!abort.signal.aborted) onTrouble(trouble)
      })
    },
    { signal: abort.signal },
  )
  open(startMs)
  return {
    reload: open,
    repair: open,
    detach: () => {
      abort.abort()
      media.removeAttribute('src')
      media.load()
    },
  }
}

/** A media element does not tell a dead network from a refusal or a broken file; asking for one byte does. */
async function diagnose(url: string, error: MediaError, signal: AbortSignal): Promise<Trouble> {
  const detail = error.message || `media error ${error.code}`
  try {
    const answer = await fetch(url, { headers: { range: 'bytes=0-0' }, signal, cache: 'no-store' })
    await answer.body?.cancel()
    if (answer.ok) return { kind: error.code === MediaError.MEDIA_ERR_NETWORK ? 'network' : 'media', detail }
    return { kind: answer.status >= 500 ? 'network' : 'refused', detail: `HTTP ${answer.status}` }
  } catch {
    return { kind: 'network', detail }
  }
}

/**
 * Opens a session's media in `media` so that it will play from `startMs`. hls.js is loaded only when it is needed.
 * @throws PlaybackRefused `no-hls` where the browser has neither HLS nor Media Source Extensions, `network` when hls.js cannot be loaded.
 */
export async function attachSource(media: HTMLMediaElement, opening: Opening): Promise<AttachedSource> {
  if (!isHls(opening.mimeType) || playsHlsItself()) return openByAddress(media, opening)
  const { openWithHls } = await import('./hls-source.js').catch((error: unknown) => {
    throw new PlaybackRefused({ code: 'network', detail: String(error) })
  })
  return openWithHls(media, opening)
}
