import type { Endpoint } from '@projectionist/shared/api/endpoint'
import { errorCodes, Problem, type ErrorCode } from '@projectionist/shared/api/errors'
import { AS_OF } from '@projectionist/shared/api/time-travel'
import { z } from 'zod'

type Json = Record<string, unknown>

/** Codes that any endpoint may answer with. */
const general: readonly ErrorCode[] = ['invalid-request', 'internal', 'preparing', 'unavailable']

const asOf: Json = { name: AS_OF, in: 'header', required: false, description: 'Id of a past library to read instead of today’s; admins only', schema: { type: 'string', format: 'uuid' } }

/** The OpenAPI 3.1 description of all endpoints, made from their contracts. */
export function openApi(endpoints: ReadonlyMap<string, Endpoint>, version: string): Json {
  const paths: Record<string, Json> = {}
  for (const [operationId, endpoint] of endpoints) {
    const path = `/api${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`
    const operation = {
      operationId,
      summary: endpoint.summary,
      tags: [endpoint.path.split('/')[1]],
      ...(endpoint.access !== 'anyone' && { security: [{ accessToken: [] }] }),
      parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query'), ...(endpoint.past === 'shown' ? [asOf] : [])],
      ...(endpoint.body && { requestBody: { content: { 'application/json': { schema: schema(endpoint.body, 'input') } } } }),
      responses: {
        [endpoint.status]: endpoint.response
          ? { description: 'Done', content: { 'application/json': { schema: schema(endpoint.response, 'output') } } }
          : { description: 'Done' },
        ...problems(endpoint),
      },
    }
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Projectionist', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schema(Problem, 'output') },
    },
  }
}

function parameters(type: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!type) return []
  const { properties = {}, required = [] } = schema(type, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

/** Error codes of one status share a response. */
function problems({ access, errors }: Endpoint): Json {
  const codes = [...new Set([...(errors as ErrorCode[]), ...general, ...(access === 'anyone' ? [] : (['not-signed-in'] as const)), ...(access === 'admin' ? (['not-allowed'] as const) : [])])]
  const byStatus = Map.groupBy(codes, code => errorCodes[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map(code => `\`${code}\`: ${errorCodes[code][1]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function schema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json
  return rest
}
