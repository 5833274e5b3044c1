import { z } from 'zod'

/** Who may call: anyone, a signed-in person, or an admin. Media addresses carry a token of their own and count as `anyone`. */
export type Access = 'anyone' | 'user' | 'admin'

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path under `/api`, parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly access: Access
  /**
   * What becomes of a request that names a past library. `shown`: it answers about that one. `allowed`: a command that changes
   * nothing of the library. Absent: a query answers about today, a command is refused.
   */
  readonly past?: 'shown' | 'allowed'
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Absent: 204 without a body. */
  readonly response?: z.ZodType
  readonly status: number
  /** Codes of `shared/api/errors` it answers beside the general ones. */
  readonly errors: readonly string[]
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Given<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a handler receives, parsed. */
export interface Request<E extends Endpoint> {
  readonly params: Parsed<E['params']>
  readonly query: Parsed<E['query']>
  readonly body: Parsed<E['body']>
}
/** What a caller passes; parts the endpoint does not have are left out. */
export type Call<E extends Endpoint> = (E['params'] extends z.ZodType ? { params: Given<E['params']> } : unknown) &
  (E['query'] extends z.ZodType ? { query?: Given<E['query']> } : unknown) &
  (E['body'] extends z.ZodType ? { body: Given<E['body']> } : unknown)
export type Response<E extends Endpoint> = E['response'] extends z.ZodType ? z.output<E['response']> : void

/** Declares an endpoint: the single source for server, client and OpenAPI. */
export function endpoint<const E extends Omit<Endpoint, 'status' | 'errors'> & Partial<Pick<Endpoint, 'status' | 'errors'>>>(
  definition: E,
): E & { readonly status: number; readonly errors: readonly string[] } {
  return { status: definition.response ? 200 : 204, errors: [], ...definition }
}

export const ById = z.object({ id: z.uuid() })
export const Page = { cursor: z.string().max(2000).optional(), limit: z.coerce.number().int().min(1).max(500).default(60) }
/** A list in a query: `genre=Drama&genre=Comedy`. */
export const many = <T extends z.ZodType>(schema: T) =>
  z.union([schema, z.array(schema)]).transform(value => (Array.isArray(value) ? value : [value]) as z.output<T>[])
