import { errorCodes, type ErrorCode } from '@projectionist/shared/api/errors'
import Hls, { type ErrorData, type HlsConfig, type LoadPolicy } from 'hls.js'
import type { AttachedSource, Opening } from './attached-source.js'
import { PlaybackRefused } from './failure.js'
import type { Trouble } from './recovery.js'

/** The server may have to start FFmpeg before the first byte comes. */
const policy = (maxTimeToFirstByteMs: number): LoadPolicy => ({
  default: {
    maxTimeToFirstByteMs,
    maxLoadTimeMs: 120_000,
    timeoutRetry: { maxNumRetry: 2, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: {
      maxNumRetry: 3,
      retryDelayMs: 500,
      maxRetryDelayMs: 4_000,
      shouldRetry: (_config, _count, _timeout, response, retry) =>
        retry && ![401, 403, 404, 410, 422].includes(response?.code ?? 0),
    },
  },
})

const config = (startMs: number): Partial<HlsConfig> => ({
  startPosition: startMs / 1000,
  maxBufferLength: 40,
  maxMaxBufferLength: 120,
  backBufferLength: 60,
  // Our subtitles are WebVTT files of their own.
  enableWebVTT: false,
  enableIMSC1: false,
  enableCEA708Captions: false,
  renderTextTracksNatively: false,
  manifestLoadPolicy: policy(20_000),
  playlistLoadPolicy: policy(20_000),
  fragLoadPolicy: policy(40_000),
})

/** The code of the problem that the server answered with, if it is one. */
function codeIn(request: unknown): ErrorCode | undefined {
  if (!(request instanceof XMLHttpRequest)) return undefined
  try {
    const text = request.response instanceof ArrayBuffer ? new TextDecoder().decode(request.response) : String(request.response)
    const { code } = JSON.parse(text) as { code?: unknown }
    return typeof code === 'string' && code in errorCodes ? (code as ErrorCode) : undefined
  } catch {
    return undefined
  }
}

function troubleOf(data: ErrorData): Trouble {
  const status = data.response?.code
  const detail = [data.details, status ? `HTTP ${status}` : '', data.error.message].filter(Boolean).join(': ')
  if (data.type !== Hls.ErrorTypes.NETWORK_ERROR) return { kind: 'media', detail }
  if (status === undefined || status < 400 || status >= 500) return { kind: 'network', detail }
  const code = codeIn(data.networkDetails)
  return { kind: 'refused', detail, ...(code && { code }) }
}

/** Plays HLS by Media Source Extensions. */
export function openWithHls(media: HTMLMediaElement, { url, startMs, onTrouble }: Opening): AttachedSource {
  if (!Hls.isSupported()) throw new PlaybackRefused({ code: 'no-hls' })
  let hls = create(startMs)

  function create(ms: number): Hls {
    const instance = new Hls(config(ms))
    instance.on(Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) onTrouble(troubleOf(data))
    })
    instance.loadSource(url)
    instance.attachMedia(media)
    return instance
  }
  return {
    reload: ms => {
      // With a playlist there, loading goes on where it broke off and what is buffered stays.
      if (hls.levels.length > 0) {
        hls.startLoad(ms / 1000)
        return false
      }
      hls.destroy()
      hls = create(ms)
      return true
    },
    repair: () => hls.recoverMediaError(),
    detach: () => hls.destroy(),
  }
}
