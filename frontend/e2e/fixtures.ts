import { test as base, type TestInfo } from '@playwright/test'
import { furnish, signIn, type House, type Person } from './house.js'
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
  /** A program with a library of every kind, for all journeys of the run that are about nothing before that. */
  readonly house: House
}
interface HouseFixtures {
  /** Somebody without a history, whom `page` is signed in as. */
  readonly person: Person
}

/** Journeys: `test('…', async ({ page, program, media }) => …)`. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // Playwright reads a fixture's needs from the braces.
  // eslint-disable-next-line no-empty-pattern
  media: [async ({}, use) => use(await makeMedia()), { scope: 'worker', timeout: 180_000 }],
  house: [
    async ({ media }, use) => {
      const home = await freshHome()
      const program = await startProgram(home)
      await use(await furnish(program, media))
      await program.stop()
      await removeHome(home)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // eslint-disable-next-line no-empty-pattern
  program: async ({}, use, info) => {
    const home = await freshHome()
    const program = await startProgram(home)
    await use(program)
    await program.stop()
    await attachOutput(program, info)
    await removeHome(home)
  },
  baseURL: ({ program }, use) => use(program.url),
})

/** Journeys through a house that is furnished: `inHouse('…', async ({ page, house, person }) => …)`. */
export const inHouse = test.extend<HouseFixtures>({
  program: async ({ house }, use, info) => {
    await use(house.program)
    await attachOutput(house.program, info)
  },
  person: [
    async ({ house, context }, use) => {
      const person = await house.addPerson()
      await signIn(context, house, person)
      await use(person)
    },
    { auto: true },
  ],
})

async function attachOutput(program: Program, info: TestInfo): Promise<void> {
  if (info.status !== info.expectedStatus) await info.attach('program', { body: program.output(), contentType: 'text/plain' })
}
