import type { Locator } from '@playwright/test'
import { expect, inHouse } from './fixtures.js'
import { expectPicture, goTo } from './page.js'

inHouse('an album plays on while one looks around', async ({ page }) => {
  await page.goto('/')
  await goTo(page, 'Music')
  await page.getByRole('link', { name: /^Intermission/ }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).first().click()
  const bar = page.getByRole('complementary', { name: 'Music' })
  const place = bar.getByRole('slider', { name: 'Place in the track' })
  await expect(bar.getByRole('link', { name: 'House Lights' })).toBeVisible()
  await expectPicture(bar)
  await expect.poll(() => seconds(place)).toBeGreaterThan(0)

  await inHouse.step('on other pages', async () => {
    await goTo(page, 'Films')
    await expect(page.getByRole('list', { name: 'Films' })).toBeVisible()
    const here = await seconds(place)
    await expect.poll(() => seconds(place)).toBeGreaterThan(here)
    await expect(bar.getByRole('link', { name: 'House Lights' })).toBeVisible()
  })

  await inHouse.step('into the next track by itself', async () => {
    await expect(bar.getByRole('link', { name: 'Reel Change' })).toBeVisible()
    await expect.poll(() => seconds(place)).toBeGreaterThan(0)
  })

  await inHouse.step('pause, next, queue', async () => {
    await bar.getByRole('button', { name: 'Pause' }).click()
    await expect(bar.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    await bar.getByRole('button', { name: 'Next track' }).click()
    await expect(bar.getByRole('link', { name: 'Last Row' })).toBeVisible()
    await expect(bar.getByRole('button', { name: 'Next track' })).toBeDisabled()
    await bar.getByRole('button', { name: 'Queue', exact: true }).click()
    const queue = page.getByRole('dialog', { name: 'Queue' }).getByRole('listitem')
    await expect(queue).toHaveCount(3)
    await expect(page.getByRole('listitem').filter({ hasText: 'Last Row' })).toHaveAttribute('aria-current', 'true')
    await queue.filter({ hasText: 'Reel Change' }).getByRole('button', { name: 'Remove Reel Change' }).click()
    await expect(queue).toHaveCount(2)
    await queue.filter({ hasText: 'House Lights' }).getByRole('button').first().click()
    await expect(bar.getByRole('link', { name: 'House Lights' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await inHouse.step('a film makes it quiet', async () => {
    await expect(bar.getByRole('button', { name: 'Pause' })).toBeVisible()
    await page.getByRole('link', { name: /^The Long Take/ }).click()
    await page.getByRole('link', { name: 'Play', exact: true }).click()
    await expect
      .poll(() => page.locator('video').evaluate(element => (element as HTMLVideoElement).currentTime))
      .toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await expect(bar.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    await bar.getByRole('button', { name: 'Stop and clear the queue' }).click()
    await expect(bar).toBeHidden()
  })
})

const seconds = async (slider: Locator): Promise<number> => Number(await slider.getAttribute('aria-valuenow'))
