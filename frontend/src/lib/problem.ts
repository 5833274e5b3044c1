import type { ErrorCode, Problem } from '@projectionist/shared/api/errors'

/** Codes of the contracts, and `unreachable` for when no answer came at all. */
export type ProblemCode = ErrorCode | 'unreachable'

/** What went wrong with a call, in words for people: `message` is the problem's title, with its detail. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? problem.title, options)
  }

  get code(): ProblemCode {
    return this.problem.code as ProblemCode
  }

  get status(): number {
    return this.problem.status
  }

  /** Whether trying again later may help without anybody changing anything. */
  get passing(): boolean {
    return this.code === 'unreachable' || this.status === 503 || this.status === 502 || this.status === 504
  }

  /** Reads the problem an answer carries; an answer that is none (a proxy's error page) becomes one. */
  static async from(response: Response): Promise<ApiError> {
    const body = (await response.json().catch(() => null)) as Partial<Problem> | null
    if (body && typeof body.code === 'string' && typeof body.title === 'string')
      return new ApiError({ type: 'about:blank', status: response.status, ...body } as Problem)
    const away = response.status >= 502 && response.status <= 504
    return new ApiError({
      type: 'about:blank',
      status: response.status,
      code: away ? 'unavailable' : 'internal',
      title: away ? 'The server is not ready. It will be back in a moment.' : 'Something went wrong on the server.',
    })
  }
}

/** The problem of a call that got no answer. */
export const unreachable = (cause: unknown): ApiError =>
  new ApiError(
    {
      type: 'about:blank',
      status: 0,
      code: 'unreachable',
      title: 'The server cannot be reached. Check that it is on and that you are connected.',
    },
    { cause },
  )

/** The message to show for anything that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'Something went wrong in the app. Reload the page, and try again.'
