import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MediaError, type MediaFailure, type OpenMedia } from '../../platform/media/media-engine.js'
import { ANSWER_HEADER, CALL_HEADER, type WorkerSeal } from './worker-seal.js'

/** What is asked of a worker's session. */
export type Piece =
  | { readonly kind: 'init'; readonly rendition: 'video' | 'audio' }
  | { readonly kind: 'segment'; readonly rendition: 'video' | 'audio'; readonly number: number }
  | { readonly kind: 'subtitle'; readonly index: number }

export function pathOf(sessionId: string, piece: Piece): string {
  const base = `/internal/sessions/${sessionId}`
  switch (piece.kind) {
    case 'init':
      return `${base}/${piece.rendition}/init.mp4`
    case 'segment':
      return `${base}/${piece.rendition}/${piece.number}.m4s`
    case 'subtitle':
      return `${base}/subtitles/${piece.index}.vtt`
  }
}

const statusOf: Readonly<Record<MediaFailure, number>> = {
  'no-such-segment': 404, 'source-unreadable': 422, 'source-ends': 422, 'ffmpeg-missing': 501, 'ffmpeg-died': 500, 'disk-full': 507, closed: 410,
}

/**
 * The worker's own HTTP server: segments for API nodes that hold the key, over a plain connection within the installation.
 * Failures answer with `{code, detail}` of `MediaError`; a session that is not here with 410.
 */
export class SegmentServer {
  private readonly server: Server

  constructor(
    private readonly media: (sessionId: string) => OpenMedia | undefined,
    private readonly seal: WorkerSeal,
  ) {
    this.server = createServer((request, response) => {
      void this.serve(request, response).catch(() => response.destroy())
    })
  }

  /** Resolves to the port once it listens. Rejects when it cannot. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject).listen({ host, port }, () => {
        this.server.off('error', reject)
        resolve((this.server.address() as AddressInfo).port)
      })
    })
  }

  close(): Promise<void> {
    return new Promise(resolve => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const nonce = this.seal.accept(path, headerOf(request), new Date())
    if (nonce === undefined || request.method !== 'GET') return void response.writeHead(403).end()
    const gone = new AbortController()
    response.once('close', () => gone.abort(new MediaError('closed', 'The caller left')))
    const { status, body } = await this.answer(path, gone.signal)
    response.writeHead(status, { 'content-length': body.length, [ANSWER_HEADER]: this.seal.answer(nonce, status, body) }).end(body)
  }

  private async answer(path: string, signal: AbortSignal): Promise<{ status: number; body: Buffer }> {
    try {
      return { status: 200, body: await this.piece(path, signal) }
    } catch (error) {
      if (!(error instanceof MediaError)) throw error
      return { status: statusOf[error.code], body: Buffer.from(JSON.stringify({ code: error.code, detail: error.message })) }
    }
  }

  private piece(path: string, signal: AbortSignal): Promise<Buffer> {
    const [, sessionId = '', part = '', name = ''] = /^\/internal\/sessions\/([^/]+)\/(video|audio|subtitles)\/([\w.]+)$/.exec(path) ?? []
    const media = this.media(sessionId)
    if (!media) throw new MediaError('closed', 'This session is not here')
    const number = Number.parseInt(name, 10)
    if (part === 'subtitles') return media.subtitle(number)
    const rendition = media.rendition(part as 'video' | 'audio')
    return name === 'init.mp4' ? rendition.init(signal) : rendition.segment(number, signal)
  }
}

const headerOf = ({ headers }: IncomingMessage): string | undefined => {
  const value = headers[CALL_HEADER]
  return typeof value === 'string' ? value : undefined
}
