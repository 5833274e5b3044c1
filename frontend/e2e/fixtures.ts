import { test as base } from '@playwright/test'
import { makeMedia, type Media } from './media.js'
import { freshHome, removeHome, startProgram, type Program } from './program.js'

export { expect } from '@playwright/test'
export { startProgram, type Program } from './program.js'

interface Fixtures {
  /** A program that nobody has used yet; pages open relative to its address. */
  readonly program: Program
}
interface WorkerFixtures {
  readonly media: Media
}

/** Journeys: `test('…', async ({ page, program, media }) => …)`. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // Playwright reads a fixture's needs from the braces.
  // eslint-disable-next-line no-empty-pattern
  media: [async ({}, use) => use(await makeMedia()), { scope: 'worker', timeout: 180_000 }],
  // eslint-disable-next-line no-empty-pattern
  program: async ({}, use, info) => {
    const home = await freshHome()
    const program = await startProgram(home)
    await use(program)
    await program.stop()
    if (info.status !== info.expectedStatus) await info.attach('program', { body: program.output(), contentType: 'text/plain' })
    await removeHome(home)
  },
  baseURL: ({ program }, use) => use(program.url),
})
