import { expect, type Page } from '@playwright/test'

const intervals = [100]
/** A busy machine may convert slower than it plays; only what hangs is to fail. */
const timeout = 45_000
const video = (page: Page) => page.locator('video').first()

/** Where the film on the page is, in seconds; NaN while there is none. */
export const place = (page: Page): Promise<number> =>
  video(page)
    .evaluate(element => (element as HTMLVideoElement).currentTime)
    .catch(() => NaN)

export const isPaused = (page: Page): Promise<boolean> => video(page).evaluate(element => (element as HTMLVideoElement).paused)

/** Waits until pictures move on the page at, or after, a second of the film, and returns where. */
export async function expectPlaying(page: Page, from = 0): Promise<number> {
  const shown = () =>
    video(page).evaluate(element => {
      const { currentTime, readyState, seeking } = element as HTMLVideoElement
      return readyState >= 3 && !seeking ? currentTime : -1
    })
  await expect.poll(shown, { message: `the film, shown from second ${from} on`, intervals, timeout }).toBeGreaterThanOrEqual(from)
  const first = await place(page)
  await expect
    .poll(() => place(page), { message: `the film, moving on from second ${first}`, intervals, timeout })
    .toBeGreaterThan(first + 0.3)
  return place(page)
}

/** Does something that ends in a report of the place, and waits until the server has stored it. */
export async function reported(page: Page, act: () => Promise<void>): Promise<void> {
  const stored = page.waitForResponse(
    response => response.request().method() === 'PUT' && response.url().endsWith('/progress') && response.ok(),
  )
  await act()
  await stored
}

/** Opens the page of an item of a library. */
export async function openItem(page: Page, library: string, title: string): Promise<void> {
  await page.goto('/libraries')
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^${library}`) })
    .click()
  await page
    .getByRole('list', { name: library })
    .getByRole('link', { name: new RegExp(`^${title},`) })
    .click()
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
}

/** Plays it from its page. */
export async function play(page: Page, library: string, title: string): Promise<void> {
  await openItem(page, library, title)
  await page.getByRole('link', { name: /^(Play$|Resume)/ }).click()
  await expect(page.getByRole('main', { name: 'Player' })).toBeVisible()
}
