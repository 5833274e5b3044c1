import { expect, type Locator, type Page } from '@playwright/test'

/** Goes to a place by the navigation that a screen of this size shows. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
}

/** Waits until a picture is shown in there: the picture itself, not its blur. */
export async function expectPicture(of: Locator): Promise<void> {
  await of.scrollIntoViewIfNeeded()
  const pictures = () =>
    of.locator('img:not([aria-hidden])').evaluateAll(images => images.some(image => (image as HTMLImageElement).naturalWidth > 0))
  await expect.poll(pictures, { message: `a picture in ${of}` }).toBe(true)
}
