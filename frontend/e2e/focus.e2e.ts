import type { Locator, Page } from '@playwright/test'
import { expect, inHouse } from './fixtures.js'
import { expectPlaying, isPaused } from './player.js'

const card = (page: Page, title: string): Locator => page.getByRole('main').getByRole('link', { name: new RegExp(`^${title},`) })
const sidebar = (page: Page): Locator => page.getByRole('navigation', { name: 'Main' })
const width = (of: Locator): Promise<number> => of.evaluate(element => element.getBoundingClientRect().width)

inHouse.describe('on a television', () => {
  inHouse.use({ viewport: { width: 1920, height: 1080 } })

  inHouse('a remote’s cross alone is enough', async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('preferences', JSON.stringify({ display: 'television' })))
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }

    await inHouse.step('home begins with something to press', async () => {
      await page.goto('/')
      await expect(page.getByRole('main').locator('a:focus')).toBeVisible()
      await expect(sidebar(page).locator('kbd')).toBeHidden()
    })

    await inHouse.step('Left goes into the sidebar; what is chosen there gets the focus, and the sidebar closes', async () => {
      await press('ArrowLeft')
      await expect(sidebar(page).getByRole('link', { name: 'Home', exact: true })).toBeFocused()
      const open = await width(sidebar(page))
      await press('ArrowDown')
      await expect(sidebar(page).getByRole('link', { name: 'Films' })).toBeFocused()
      await press('Enter')
      await expect(page.getByRole('main').locator('[data-item]').first()).toBeFocused()
      await expect.poll(() => width(sidebar(page))).toBeLessThan(open)
    })

    await inHouse.step('the last row is the end', async () => {
      await press('ArrowDown', 'ArrowDown', 'ArrowDown')
      await expect(page.getByRole('main').locator('[data-item]:focus')).toHaveCount(1)
    })

    await inHouse.step('an item begins with its loud button, and no row is passed by', async () => {
      await card(page, 'Two Voices').focus()
      await press('Enter')
      const play = page.getByRole('link', { name: 'Play', exact: true })
      await expect(play).toBeFocused()
      await press('ArrowUp')
      await expect(play).toBeFocused()
      await press('ArrowRight')
      await expect(page.getByRole('button', { name: 'Mark “Two Voices” as watched' })).toBeFocused()
      await press('ArrowDown')
      await expect(page.getByRole('combobox', { name: 'Audio' })).toBeFocused()
      await press('ArrowRight')
      await expect(page.getByRole('combobox', { name: 'Subtitles' })).toBeFocused()
      await press('ArrowDown')
      await expect(page.getByRole('tab', { name: 'About' })).toBeFocused()
      await press('ArrowUp', 'ArrowUp')
      await expect(play).toBeFocused()
      expect(await page.evaluate(() => scrollY)).toBe(0)
    })

    await inHouse.step('the first arrow in the player goes to pause; coming back, to Play', async () => {
      await press('Enter')
      await expectPlaying(page)
      await press('ArrowUp')
      await expect(page.getByRole('button', { name: 'Pause' }).last()).toBeFocused()
      await press('Enter')
      await expect.poll(() => isPaused(page)).toBe(true)
      await press('Escape')
      await expect(page.getByRole('link', { name: /^(Play$|Resume)/ })).toBeFocused()
    })

    await inHouse.step('and back to the card', async () => {
      await press('Escape')
      await expect(card(page, 'Two Voices')).toBeFocused()
    })

    await inHouse.step('what the search found gets the focus, and not the button it was opened by', async () => {
      await sidebar(page).getByRole('button', { name: 'Search' }).focus()
      await press('Enter')
      await page.keyboard.type('Old Reel')
      await expect(page.getByRole('option', { name: /Old Reel/ })).toBeVisible()
      await press('Enter')
      await expect(page.getByRole('heading', { name: 'Old Reel', level: 1 })).toBeVisible()
      await expect(page.getByRole('dialog')).toBeHidden()
      await expect(page.getByRole('main').locator('[data-loud]')).toBeFocused()
    })
  })
})

inHouse('at a desk, who uses keys finds the focus where they left it, and who uses a mouse sees no ring', async ({ page }) => {
  await page.goto('/libraries')
  const ring = () => page.evaluate(() => document.activeElement?.matches(':focus-visible') ?? false)

  await inHouse.step('a mouse', async () => {
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Films/ })
      .click()
    await card(page, 'Old Reel').click()
    await expect(page.getByRole('heading', { name: 'Old Reel', level: 1 })).toBeVisible()
    expect(await ring()).toBe(false)
    await page.goBack()
    await expect(card(page, 'Old Reel')).toBeFocused()
    expect(await ring()).toBe(false)
  })

  await inHouse.step('keys', async () => {
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main').locator('[data-loud]')).toBeFocused()
    expect(await ring()).toBe(true)
    await page.goBack()
    await expect(page.getByRole('main').locator('[data-item]:focus')).toHaveCount(1)
    await page.keyboard.press('x')
    await expect(page.getByText('1 selected')).toBeVisible()
  })
})
