import type { Page } from '@playwright/test'
import { expect, inHouse } from './fixtures.js'
import { goTo } from './page.js'

inHouse('photos are walked through by keys', async ({ page }) => {
  await page.goto('/')
  await goTo(page, 'Photos')
  await page.getByRole('link', { name: 'Photo of 20 January 2024, snow' }).click()
  await expectShown(page, '20 January 2024', '2 of 4')
  await page.keyboard.press('ArrowRight')
  await expectShown(page, '2 October 2023', '3 of 4')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expectShown(page, '21 June 2024', '1 of 4')

  await page.keyboard.press('i')
  const about = page.getByRole('complementary', { name: 'About this photo' })
  await expect(about).toContainText('21 June 2024')
  await expect(about).toContainText('21:45')
  await expect(about).toContainText('1600 × 900')
  await expect(about).toContainText('dusk.jpg')
  await page.keyboard.press('Escape')
  await expect(about).toBeHidden()

  await page.reload()
  await expectShown(page, '21 June 2024', '1 of 4')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Photos', level: 1 })).toBeVisible()
})

async function expectShown(page: Page, day: string, place: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(day)
  await expect(page.getByText(place)).toBeVisible()
  const drawn = () =>
    page
      .locator('main [aria-hidden=false] img')
      .evaluateAll(images => images.some(image => (image as HTMLImageElement).naturalWidth > 100))
  await expect.poll(drawn, { message: 'the photo itself' }).toBe(true)
}
