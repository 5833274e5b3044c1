import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import { ModulesContainer, NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { WsAdapter } from '@nestjs/platform-ws'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppModule } from './app.module.js'
import { endpoints } from '@projectionist/shared/api/all'
import type { Parts } from './parts.js'
import { serveDocs } from './platform/http/docs-page.js'
import { problemOf, sendProblem } from './platform/http/problem.filter.js'
import { serveMetrics } from './platform/telemetry/metrics.js'
import { version } from './version.js'
import type { Health } from './platform/http/health.js'

const webApp = fileURLToPath(new URL('../../../frontend/dist', import.meta.url))
/** A request that takes longer to arrive is no request. */
const REQUEST_TIMEOUT_MS = 60_000
/** What can be asked while the library is being prepared. */
const WITHOUT_LIBRARY = /^\/api\/(health|docs|openapi\.json)(\/|$|\?)/
const YEAR_S = 365 * 24 * 3600

/** Only what this server itself serves may run on its pages, and the scripts that stand in the page itself, by their hashes. */
const contentSecurityPolicy = (page: string): string => [
  "default-src 'self'", `script-src 'self' ${inlineScripts(page)}`, "img-src 'self' data: blob:", "media-src 'self' blob:", "style-src 'self' 'unsafe-inline'", "font-src 'self' data:",
  "connect-src 'self' ws: wss:", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'",
].join('; ')

const inlineScripts = (page: string): string =>
  [...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`)
    .join(' ')

/** The Nest application over Fastify, ready to listen. */
export async function buildHttpServer(parts: Parts, health: Health): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // Only what the nearest proxy says of whom it speaks for: anything before that anybody can make up.
    trustProxy: parts.config.trustProxy && ((_address, hop) => hop === 0),
    bodyLimit: 1 << 20,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 4096 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(error, parts.log, request.method)
      void sendProblem(reply, problem)
    },
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts, health), adapter, { logger: nestLog(parts), abortOnError: false })
  app.useWebSocketAdapter(new WsAdapter(app))
  app.setGlobalPrefix('api')
  const fastify = adapter.getInstance() as unknown as FastifyInstance
  await fastify.register(cookie)
  await fastify.register(compress, { global: true, threshold: 1400, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } })
  const page = existsSync(webApp) ? readFileSync(join(webApp, 'index.html'), 'utf8') : ''
  const policy = contentSecurityPolicy(page)
  fastify.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin')
    if (!request.url.startsWith('/api/')) void reply.header('content-security-policy', policy)
    else if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
    done(null, payload)
  })
  // Answers made from empty tables would say that there is nothing, and nobody.
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/') || WITHOUT_LIBRARY.test(request.url)) return
    try {
      return await parts.serving.libraryServes()
    } catch (error) {
      return sendProblem(reply, problemOf(error, parts.log, request.method))
    }
  })
  serveDocs(fastify, endpoints, version)
  serveMetrics(fastify, {
    projections: () => parts.projector.states.map(({ name, state }) => ({ name, position: state.position, faulted: state.state === 'faulted' })),
    head: () => parts.store.head(),
    sessions: () => parts.sql.query('select method, count(*) as count from live.playback_sessions group by method'),
    queues: () => Promise.all((['disk', 'cpu', 'network', 'session'] as const).map(async queue => ({ queue, count: await parts.jobs.count(queue) }))),
  })
  if (page) await serveWebApp(fastify)
  return app
}

/** The web app: its files, and its page for every address that is neither a file nor the API's. */
async function serveWebApp(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: webApp,
    setHeaders(reply, path) {
      reply.header('cache-control', path.includes('/assets/') ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
    },
    cacheControl: false,
    wildcard: false,
  })
  fastify.get('/*', (request, reply) => {
    if (/^\/(api|metrics|assets)(\/|$|\?)/.test(request.url)) return reply.callNotFound()
    return reply.sendFile('index.html')
  })
}

const nestLog = ({ log }: Parts) => ({
  log: () => {},
  // What keeps the program from listening is explained by whoever started it.
  error: (message: unknown, ...rest: unknown[]) => (rest.includes('NestApplication') ? log.debug({ rest }, String(message)) : log.error({ rest }, String(message))),
  warn: (message: unknown) => log.warn({}, String(message)),
  fatal: (message: unknown) => log.error({}, String(message)),
})

/** All controllers of the application. */
export function controllersOf(app: NestFastifyApplication): object[] {
  return [...app.get(ModulesContainer).values()].flatMap(module => [...module.controllers.values()].map(({ instance }) => instance as object))
}
