import { expect, startProgram, test } from './fixtures.js'
import { openHouse, signIn } from './house.js'
import { expectPlaying, openItem, place, play, reported } from './player.js'
import { killServer } from './servers.js'

test('Redis, PostgreSQL and the program die while a film plays; it plays on, and nothing is lost', async ({
  page,
  browser,
  program,
  media,
}) => {
  test.slow()
  const house = await openHouse(program)
  await house.addLibrary('Films', 'films', media.films)
  await signIn(page.context(), house, house.admin)
  const others = await browser.newContext({ baseURL: program.url })
  await signIn(others, house, house.admin)
  const there = await others.newPage()
  /** The film goes on from there on when a key was pressed, and the other device hears of it, without a reload. */
  const goesOn = async (key: string, second: number, left: string): Promise<void> => {
    await page.keyboard.press(key)
    await expectPlaying(page, second)
    await expect(there.getByRole('link', { name: `Resume · ${left}` })).toBeVisible()
  }

  await test.step('a film begins, and its page is open on another device', async () => {
    await openItem(there, 'Films', 'The Long Way')
    await play(page, 'Films', 'The Long Way')
    await expectPlaying(page)
    await goesOn('2', 120, '8 min left')
  })

  await test.step('Redis', async () => {
    await killServer(program.home, 'redis')
    await goesOn('4', 240, '6 min left')
  })

  await test.step('PostgreSQL', async () => {
    await killServer(program.home, 'postgres')
    await goesOn('5', 300, '5 min left')
  })

  await test.step('PostgreSQL, right after it stored where the film was left', async () => {
    await reported(page, () => page.keyboard.press('k'))
    await killServer(program.home, 'postgres')
    const stored = Math.round((await place(page)) * 1000)
    const begun = () =>
      house.call<{ items: { positionMs: number }[] }>('GET', '/me/continue-watching').catch(() => ({ items: [] }))
    await expect.poll(async () => (await begun()).items[0]?.positionMs).toBe(stored)
    await page.keyboard.press('k')
  })

  await expectPlaying(page, 300)
  await program.stop('SIGKILL')
  const again = await startProgram(program.home, { PORT: new URL(program.url).port })
  try {
    await test.step('the program, and it is started again', async () => {
      await expectPlaying(page, 300)
      await goesOn('7', 420, '3 min left')
    })

    await test.step('the library is as it was', async () => {
      await there.goto('/')
      await expect(there.getByRole('region', { name: 'Go on watching' })).toContainText('The Long Way')
      await expect(there.getByRole('region', { name: 'New in Films' }).locator('a[data-item]')).toHaveCount(4)
    })
    await others.close()
  } finally {
    await again.stop()
  }
})
