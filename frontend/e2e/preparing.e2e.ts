import type { Browser, Page, Request } from '@playwright/test'
import { connect, databaseUrl, dropReadModels } from './database.js'
import { expect, startProgram, test, type Program } from './fixtures.js'
import { openHouse, signIn } from './house.js'
import { freshHome, removeHome } from './program.js'

/** A program on a log that it has no read models of: none are filled until `fill`, none serve until `serve`. */
interface Beginning {
  readonly program: Program
  fill(): Promise<void>
  serve(): Promise<void>
  stop(): Promise<void>
}

/** Starts it again where it was, without its read models; it has been stopped. */
async function beginAgain(before: Program, url: string, empty = 'select'): Promise<Beginning> {
  const fills = await connect(url)
  await fills.query(empty)
  const beside = (await dropReadModels(fills)).map(name => `${name.replace(/_b$/, '')}_b`)
  for (const schema of beside) await fills.query('select pg_advisory_lock(hashtext($1))', [`schema ${schema}`])
  // Each that waits for the second lock holds a connection.
  const settings = { DATABASE_URL: url, DATABASE_POOL: '30', PORT: new URL(before.url).port }
  const program = await startProgram(before.home, settings)
  const serves = await connect(url)
  await serves.query(`select pg_advisory_lock(hashtext('publish'))`)
  return {
    program,
    fill: () => fills.end(),
    serve: () => serves.end(),
    async stop() {
      await Promise.all([fills.end(), serves.end()])
      await program.stop()
    },
  }
}

async function newPage(browser: Browser, { url }: Program): Promise<Page> {
  return (await browser.newContext({ baseURL: url })).newPage()
}

/** Resolves when the page has fetched also what it fetches after a while: from then on it does without the server. */
function settling(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  let late = false
  page.on('request', request => {
    open.add(request)
    late ||= request.url().includes('music-bar')
  })
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', request => open.delete(request))
  return () => expect.poll(() => late && open.size === 0).toBe(true)
}

async function expectPreparing(page: Page, percent: number): Promise<void> {
  await expect(page.getByRole('heading', { name: 'The library is being prepared' })).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', String(percent))
  await expect(page.getByText(`${percent} %`)).toBeVisible()
}

test('on a log without read models people see how far they are, and go on by themselves', async ({
  browser,
  program: { home: elsewhere },
  media,
}) => {
  test.slow()
  const server = await connect(await databaseUrl(elsewhere))
  await server.query('create database prepared')
  await server.end()
  const url = await databaseUrl(elsewhere, 'prepared')
  const home = await freshHome()
  const first = await startProgram(home, { DATABASE_URL: url })
  let running: Pick<Program, 'stop'> = first
  try {
    const house = await openHouse(first)
    await house.addLibrary('Films', 'films', media.films)
    const inside = await newPage(browser, first)
    await signIn(inside.context(), house, house.admin)
    const settled = settling(inside)
    await inside.goto('/')
    const shelf = (page: Page) => page.getByRole('region', { name: 'New in Films' }).locator('a[data-item]')
    await expect(shelf(inside)).toHaveCount(4)

    await settled()
    await first.stop()
    const beginning = await beginAgain(first, url)
    running = beginning
    const { program } = beginning
    const outside = await newPage(browser, program)
    const known = await inside.context().newPage()

    await test.step('who comes sees that it is not ready, and how far it is', async () => {
      expect((await outside.request.get('/api/health')).status()).toBe(503)
      expect((await outside.request.get('/api/health/live')).status()).toBe(204)
      await outside.goto('/')
      await expectPreparing(outside, 0)
      await known.goto('/')
      await expectPreparing(known, 0)
      await beginning.fill()
      await expectPreparing(outside, 99)
      await expectPreparing(known, 99)
    })

    await test.step('who was inside keeps what was shown, and is told', async () => {
      await expect(inside.getByRole('status').filter({ hasText: 'The library is being prepared: 99 %.' })).toBeVisible()
      await expect(shelf(inside)).toHaveCount(4)
    })

    await test.step('then all go on by themselves', async () => {
      await beginning.serve()
      await expect(outside.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
      await expect(shelf(known)).toHaveCount(4)
      await expect(inside.getByText('The library is being prepared')).toBeHidden()
      await expect(shelf(inside)).toHaveCount(4)
      await outside.getByLabel('Name', { exact: true }).fill(house.admin.name)
      await outside.getByLabel('Password', { exact: true }).fill(house.admin.password)
      await outside.getByRole('button', { name: 'Sign in' }).click()
      await expect(shelf(outside)).toHaveCount(4)
    })

    await test.step('and so does the set-up, where the log knows accounts and nobody has a password', async () => {
      await program.stop()
      const again = await beginAgain(program, url, 'truncate vault.credentials, vault.refresh_families')
      running = again
      const newcomer = await newPage(browser, again.program)
      await newcomer.goto(`/setup?code=${await again.program.setupCode()}`)
      await expectPreparing(newcomer, 0)
      await again.fill()
      await again.serve()
      await newcomer.getByLabel('Your name').fill('Grace')
      await newcomer.getByLabel('Password', { exact: true }).fill('lights up, please')
      await newcomer.getByRole('button', { name: 'Continue' }).click()
      await expect(newcomer.getByRole('heading', { name: 'What shall we start with?' })).toBeVisible()
      await newcomer.goto('/')
      await expect(shelf(newcomer)).toHaveCount(4)
    })
  } finally {
    await running.stop()
    await removeHome(home)
  }
})
