/** What has to be there for the program to serve. Parts register a check, which says what is missing, or nothing. */
export class Health {
  readonly #checks = new Map<string, () => Promise<string | undefined>>()

  register(part: string, check: () => Promise<string | undefined>): void {
    this.#checks.set(part, check)
  }

  /** Asks all parts at once; one that does not answer within two seconds is missing. */
  async missing(): Promise<{ part: string; detail: string }[]> {
    const answers = await Promise.all(
      [...this.#checks].map(async ([part, check]) => {
        const detail = await Promise.race([check().catch((error: unknown) => String(error)), silence()])
        return detail === undefined ? [] : [{ part, detail }]
      }),
    )
    return answers.flat()
  }
}

const silence = (): Promise<string> => new Promise(resolve => setTimeout(resolve, 2000, 'does not answer').unref())
