import { basename, dirname, join } from 'node:path'
import send from '@fastify/send'
import { errorCodes, type ErrorCode } from '@projectionist/shared/api/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../platform/eventing/decider.js'
import { problemOf } from '../../platform/http/problem.filter.js'
import { MediaError, type MediaFailure } from '../../platform/media/media-engine.js'
import type { Query } from '../../platform/sql/sql.js'
import type { Logger } from '../../platform/telemetry/logger.js'
import { HLS_TYPE } from './describe-session.js'
import { entitledSession } from './entitled-session.js'
import type { MediaTokens } from './media-tokens.js'
import { mediaPlaylist, multivariantPlaylist } from './playlists.js'
import type { SegmentClient } from './segment-client.js'
import type { Piece } from './segment-server.js'
import { sourcePath } from './source-path.js'
import { planOf, type StoredPlan } from './stored-plan.js'
import { touch } from './worker-lease.js'

export interface RouteParts {
  readonly sql: Query
  readonly tokens: MediaTokens
  readonly segments: SegmentClient
  readonly log: Logger
  /** For links to files whose names are no text. */
  readonly folder: string
  /** Told when a session's media could not be made. */
  readonly failed: (sessionId: string, error: MediaError) => void
}

/** What the last part of a media address asks for. */
type Wanted = { readonly kind: 'file' } | { readonly kind: 'index' } | { readonly kind: 'playlist'; readonly rendition: 'video' | 'audio' } | Piece

/** Reads the part of an address after the token; undefined when it names nothing. */
export function wantedBy(path: string): Wanted | undefined {
  if (path === 'file') return { kind: 'file' }
  if (path === 'index.m3u8') return { kind: 'index' }
  const [, rendition, init, number, subtitle] = /^(?:(video|audio)(?:\.m3u8|\/(init\.mp4)|\/(\d{1,7})\.m4s)|subtitles\/(\d{1,5})\.vtt)$/.exec(path) ?? []
  if (subtitle !== undefined) return { kind: 'subtitle', index: Number(subtitle) }
  if (rendition !== 'video' && rendition !== 'audio') return undefined
  if (init !== undefined) return { kind: 'init', rendition }
  return number === undefined ? { kind: 'playlist', rendition } : { kind: 'segment', rendition, number: Number(number) }
}

/** The failure of an engine as a code of the API. */
const codeOf: Readonly<Record<MediaFailure, ErrorCode>> = {
  'ffmpeg-missing': 'cannot-transcode', 'source-unreadable': 'file-unavailable', 'source-ends': 'file-incomplete', 'ffmpeg-died': 'cannot-transcode', 'disk-full': 'disk-full',
  'no-such-segment': 'not-found', closed: 'no-worker',
}

/**
 * Files, playlists, segments and subtitles under `/api/media/:token`. The token in the address is all that is asked for; what
 * its session's person may see is looked up each time.
 */
export function mediaRoutes(fastify: FastifyInstance, parts: RouteParts): void {
  fastify.get<{ Params: { token: string; '*': string } }>('/api/media/:token/*', { compress: false } as object, async (request, reply) => {
    try {
      return await serve(parts, request.params, request, reply)
    } catch (error) {
      if (request.raw.destroyed && !request.raw.complete) return reply
      const known = error instanceof MediaError ? new DomainError(codeOf[error.code], error.message) : error
      const problem = problemOf(known, parts.log, 'GET /api/media')
      return reply.status(errorCodes[problem.code as ErrorCode][0]).type('application/problem+json').send(problem)
    }
  })
}

async function serve(parts: RouteParts, params: { token: string; '*': string }, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sessionId = await parts.tokens.open(params.token, new Date())
  const wanted = wantedBy(params['*'])
  if (!wanted) throw new DomainError('not-found')
  const row = await entitledSession(parts.sql, sessionId)
  if (!row) throw new DomainError('session-not-found')
  // A player that reports nothing is seen by what it fetches.
  void touch(parts.sql, sessionId).catch(() => undefined)
  if (wanted.kind === 'init' || wanted.kind === 'segment' || wanted.kind === 'subtitle') return piece(parts, sessionId, wanted, reply)
  const plan = planOf(row)
  if (wanted.kind === 'file') return file(parts, plan, request, reply)
  const text = playlist(plan, wanted)
  if (text === undefined) throw new DomainError('not-found')
  return reply.type(HLS_TYPE).send(text)
}

function playlist({ streams }: StoredPlan, wanted: { kind: 'index' } | { kind: 'playlist'; rendition: 'video' | 'audio' }): string | undefined {
  if (!streams) return undefined
  if (wanted.kind === 'index') return multivariantPlaylist(streams.variant)
  const stream = streams[wanted.rendition]
  return stream ? mediaPlaylist(wanted.rendition, stream.cuts, wanted.rendition === 'audio' || stream.plan.action === 'encode') : undefined
}

const pieceType = { init: 'video/mp4', segment: 'video/iso.segment', subtitle: 'text/vtt; charset=utf-8' }

async function piece({ segments, failed }: RouteParts, sessionId: string, wanted: Piece, reply: FastifyReply): Promise<FastifyReply> {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new DomainError('session-not-found', 'The player left')))
  const bytes = await segments.fetch(sessionId, wanted, gone.signal).catch((error: unknown) => {
    if (error instanceof MediaError && error.code !== 'no-such-segment') failed(sessionId, error)
    throw error
  })
  // A session's segments never change, and its address is good for nobody else.
  return reply.type(pieceType[wanted.kind]).header('cache-control', 'private, max-age=3600, immutable').send(bytes)
}

/** The file as it is, with ranges and conditions (RFC 9110). */
async function file({ folder }: RouteParts, { root, relative, mimeType }: StoredPlan, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = await sourcePath(root, relative, join(folder, 'links'))
  const found = await send(request.raw, `/${encodeURIComponent(basename(path))}`, { root: dirname(path), dotfiles: 'allow', cacheControl: false, contentType: false })
  if (found.statusCode === 404 || found.type === 'directory') throw new DomainError('file-unavailable')
  return reply
    .status(found.statusCode)
    .headers({ ...found.headers, 'cache-control': 'private, no-cache', ...(found.statusCode < 300 && { 'content-type': mimeType }) })
    .send(found.stream)
}
