import { randomUUID } from 'node:crypto'
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import { errorCodes, type ErrorCode, type Problem } from '@projectionist/shared/api/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Logger } from '../telemetry/logger.js'
import { DomainError } from '../eventing/decider.js'
import { StoreUnavailable } from '../eventing/event-store.js'
import { isConnectionLoss } from '../sql/sql.js'
import { RequestInvalid } from './handle.js'

type Found = { readonly code: ErrorCode; readonly detail?: string | undefined; readonly errors?: Problem['errors'] }

/** In this time what is being prepared has come noticeably further. */
export const RETRY_AFTER_S = 2

const statusCodes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-request', 401: 'not-signed-in', 403: 'not-allowed', 404: 'not-found', 413: 'invalid-request', 415: 'invalid-request', 429: 'too-many-tries',
}

/** The code of an error; undefined for one that nobody foresaw. */
export function codeOf(error: unknown): Found | undefined {
  if (error instanceof DomainError) return { code: error.code, detail: error.detail }
  if (error instanceof RequestInvalid) return { code: 'invalid-request', errors: [...error.errors] }
  if (error instanceof StoreUnavailable || isConnectionLoss(error)) return { code: 'unavailable' }
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown }
  // PostgreSQL's disk_full, and the file system's.
  if (code === '53100' || code === 'ENOSPC') return { code: 'disk-full' }
  const status = error instanceof HttpException ? error.getStatus() : typeof statusCode === 'number' ? statusCode : 0
  const known = statusCodes[status]
  return known && { code: known, ...(known === 'invalid-request' && { detail: (error as Error).message }) }
}

/** Turns an error into problem details. An unforeseen one says nothing but an id, which the log has with all the rest. */
export function problemOf(error: unknown, log: Logger, where: string): Problem {
  const found = codeOf(error)
  const { code, detail, errors } = found ?? { code: 'internal' as const }
  const [status, title] = errorCodes[code]
  const id = found ? undefined : randomUUID()
  if (!found) log.error({ err: error, id }, `unforeseen error in ${where}`)
  return { type: `urn:projectionist:problem:${code}`, title, status, code, ...(detail && { detail }), ...(id && { id }), ...(errors && { errors }) }
}

/** Sends an error as problem details. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.code === 'preparing') void reply.header('retry-after', RETRY_AFTER_S)
  return reply.status(problem.status).header('content-type', 'application/problem+json').send(problem)
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    const problem = problemOf(error, this.log, `${request.method} ${request.routeOptions?.url ?? ''}`)
    if (reply.sent) return
    void sendProblem(reply, problem)
  }
}
