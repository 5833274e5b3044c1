import { expect, inHouse } from './fixtures.js'
import { signIn } from './house.js'
import { expectPlaying, openItem, place, play, reported } from './player.js'

inHouse('what is begun on one device goes on on another', async ({ browser, page, house, person }) => {
  const others = await browser.newContext({ baseURL: house.program.url })
  await signIn(others, house, person)
  const there = await others.newPage()
  await openItem(there, 'Films', 'The Long Way')
  await expect(there.getByRole('link', { name: 'Play', exact: true })).toBeVisible()
  await there.evaluate(() => Object.assign(window, { neverReloaded: true }))

  await play(page, 'Films', 'The Long Way')
  await expectPlaying(page)
  await reported(page, () => page.keyboard.press('5'))
  await expectPlaying(page, 300)

  await inHouse.step('the other shows it as it happens', async () => {
    await expect(there.getByRole('link', { name: 'Resume · 5 min left' })).toBeVisible()
    await expect(there.getByRole('progressbar', { name: 'Watched so far' })).toHaveAttribute('aria-valuenow', '50')
    await reported(page, () => page.keyboard.press('7'))
    await expect(there.getByRole('link', { name: 'Resume · 3 min left' })).toBeVisible()
    expect(await there.evaluate(() => 'neverReloaded' in window)).toBe(true)
  })

  await inHouse.step('and goes on at the same second', async () => {
    await expectPlaying(page, 420)
    await reported(page, () => page.keyboard.press('k'))
    const left = await place(page)
    await there.getByRole('link', { name: /^Resume/ }).click()
    await expect(there.getByText(/Going on at 7:\d\d/)).toBeVisible()
    await expect.poll(() => place(there)).toBeGreaterThan(left - 1)
    expect(await place(there)).toBeLessThan(left + 3)
  })
  await others.close()
})
