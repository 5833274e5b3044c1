import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Endpoint } from '@projectionist/shared/api/endpoint'
import type { FastifyInstance } from 'fastify'

const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}
const script = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, docExpansion: 'none' })`
const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Projectionist API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script>${script}</script></body></html>`
const policy = `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self' 'sha256-${createHash('sha256').update(script).digest('base64')}'`

/** `/api/docs` for people and `/api/openapi.json` for programs; made at the first request, since few ask. */
export function serveDocs(fastify: FastifyInstance, endpoints: ReadonlyMap<string, Endpoint>, version: string): void {
  let description: string | undefined
  fastify.get('/api/openapi.json', async (_request, reply) => {
    description ??= JSON.stringify((await import('./openapi.js')).openApi(endpoints, version))
    return reply.type('application/json').send(description)
  })
  fastify.get('/api/docs', (_request, reply) => reply.type('text/html').header('content-security-policy', policy).send(page))
  fastify.get<{ Params: { file: string } }>('/api/docs/:file', (request, reply) => {
    const type = files[request.params.file]
    const path = join(dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')), request.params.file)
    if (!type || !existsSync(path)) return reply.callNotFound()
    return reply.type(type).send(createReadStream(path))
  })
}
