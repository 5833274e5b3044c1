import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { readConfig } from '../src/config.js'
import { buildHttpServer } from '../src/http-server.js'
import { openParts, type Parts } from '../src/parts.js'
import { Health } from '../src/platform/http/health.js'
import { SetupCode } from '../src/slices/accounts/setup-code.js'
import { makeLogger } from '../src/platform/telemetry/logger.js'
import { freshDatabase } from './postgres.js'
import { redisUrl } from './redis.js'

export interface Answer {
  readonly status: number
  // Answers are as varied as the contracts; tests say what they expect.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly headers: Record<string, string>
}
export interface TestApp {
  readonly parts: Parts
  readonly app: NestFastifyApplication
  readonly home: string
  /** Path under `/api`. `token` of the person who asks. */
  call(method: string, path: string, options?: { body?: unknown; token?: string; headers?: Record<string, string> }): Promise<Answer>
  /** Sets the server up and gives the admin's token. */
  setUp(): Promise<string>
  close(): Promise<void>
}

/** The whole program without its embedded servers, asked without a network; `servers`: where a program was before, which outlast this one. */
export async function startApp(roles = 'api,projector,worker', servers?: { readonly databaseUrl: string; readonly redisUrl: string }): Promise<TestApp> {
  const home = await mkdtemp(join(tmpdir(), 'projectionist-app-'))
  const database = servers ? { url: servers.databaseUrl, drop: () => Promise.resolve() } : await freshDatabase()
  const config = readConfig({ PROJECTIONIST_HOME: home, PROJECTIONIST_ROLES: roles, LOG_LEVEL: 'fatal', PATH: process.env['PATH'] }, randomUUID)
  const parts = await openParts(config, { databaseUrl: database.url, redisUrl: servers?.redisUrl ?? (await redisUrl()) }, makeLogger('fatal'))
  const app = await buildHttpServer(parts, new Health())
  await app.init()
  await app.getHttpAdapter().getInstance().ready()
  if (config.roles.has('projector')) parts.projector.start()

  const call: TestApp['call'] = async (method, path, { body, token, headers = {} } = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url: `/api${path}`,
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    const json = /json/.test(String(answer.headers['content-type'])) ? (JSON.parse(answer.payload) as unknown) : answer.payload
    return { status: answer.statusCode, body: json, headers: answer.headers as Record<string, string> }
  }
  return {
    parts,
    app,
    home,
    call,
    async setUp() {
      const code = await app.get(SetupCode).open()
      const { body } = await call('POST', '/setup', { body: { code, name: 'Ada', password: 'correct horse', tokens: 'body', device: { id: 'ada-device', name: 'Sofa' } } })
      return (body as { accessToken: string }).accessToken
    },
    async close() {
      await app.close()
      await parts.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

export const setupCodeOf = (home: string): Promise<string> => readFile(join(home, 'setup-code'), 'utf8').then(text => text.trim())
