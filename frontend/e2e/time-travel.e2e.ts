import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.js'
import { openHouse, signIn, type House } from './house.js'
import { goTo } from './page.js'
import { openItem } from './player.js'

const band = (page: Page) => page.getByRole('status').filter({ hasText: 'You are seeing the library as it was on' })

/** Opens the page on which a moment is chosen, at that moment. */
const choose = (page: Page, at: string) => page.goto(`/time-travel?at=${encodeURIComponent(at)}`)

async function lookBack(page: Page, at: string): Promise<void> {
  await choose(page, at)
  await page.getByRole('button', { name: 'See the library as it was' }).click()
  await expect(band(page)).toBeVisible()
}

/** A moment that lies between what was done before and what is done after. */
async function aMoment(house: House): Promise<string> {
  const { libraries } = await house.call<{ libraries: unknown[] }>('GET', '/libraries')
  expect(libraries.length).toBeGreaterThan(0)
  return new Date().toISOString()
}

test('an admin walks through the library as it was, changes nothing, and comes back', async ({
  page,
  context,
  program,
  media,
}) => {
  const house = await openHouse(program)
  await signIn(context, house, house.admin)
  const films = await house.addLibrary('Films', 'films', media.films)
  const before = await aMoment(house)
  await house.call('PATCH', `/libraries/${films}`, { name: 'Cinema' })
  await house.addLibrary('Music', 'music', media.music)
  const places = page.getByRole('navigation', { name: 'Main' })

  await test.step('from now to then', async () => {
    await page.goto('/')
    await expect(places.getByRole('link', { name: 'Cinema', exact: true })).toBeVisible()
    await goTo(page, 'History')
    await page.getByRole('navigation', { name: 'History' }).getByRole('link', { name: 'As it was' }).click()
    await expect(page.getByRole('heading', { name: 'The library as it was' })).toBeVisible()
    await lookBack(page, before)
    await expect(places.getByRole('link', { name: 'Films', exact: true })).toBeVisible()
    await expect(places.getByRole('link', { name: 'Cinema', exact: true })).toBeHidden()
    await expect(places.getByRole('link', { name: 'Music', exact: true })).toBeHidden()
  })

  await test.step('in the same pages, after a reload too', async () => {
    await openItem(page, 'Films', 'The Long Take')
    await page.reload()
    await expect(band(page)).toBeVisible()
    await expect(page.getByRole('heading', { name: 'The Long Take', level: 1 })).toBeVisible()
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Search' }).fill('intermission')
    await expect(page.getByText('Nothing goes by “intermission”.')).toBeVisible()
    await page.keyboard.press('Escape')
    await goTo(page, 'History')
    await expect(page.getByRole('status').filter({ hasText: 'This page shows today.' })).toBeVisible()
    await page.goBack()
  })

  await test.step('nothing can be changed or played', async () => {
    const reason = 'You are seeing the library as it was. Go back to now first.'
    for (const name of ['Play', 'Mark “The Long Take” as watched', 'Rate it']) {
      const button = page
        .getByRole('main')
        .locator(`[aria-disabled=true]`)
        .filter({ hasText: name === 'Play' ? 'Play' : '' })
        .and(page.locator(name === 'Play' ? 'a' : `[aria-label="${name}"]`))
      await expect(button).toHaveAttribute('title', reason)
      await button.focus()
      await page.keyboard.press('Enter')
    }
    await expect(page).toHaveURL(/\/item\//)
    const { items } = await house.call<{ items: { id: string; state: { watched: boolean } }[] }>('GET', '/items?q=long%20take')
    expect(items[0]?.state.watched).toBe(false)
    await page.goto(`/watch/${items[0]?.id}`)
    await expect(page.getByRole('heading', { name: 'Back to now to play' })).toBeVisible()
    await page.getByRole('button', { name: 'Stay there' }).click()
  })

  await test.step('back to now, by the keyboard', async () => {
    await band(page).getByRole('button', { name: 'Back to now' }).focus()
    await page.keyboard.press('Enter')
    await expect(band(page)).toBeHidden()
    await expect(places.getByRole('link', { name: 'Cinema', exact: true })).toBeVisible()
    await expect(places.getByRole('link', { name: 'Music', exact: true })).toBeVisible()
  })
})

test('a past library that was put away says so, and can be looked at again', async ({ page, context, program, media }) => {
  const house = await openHouse(program)
  await signIn(context, house, house.admin)
  const films = await house.addLibrary('Films', 'films', media.films)
  const before = await aMoment(house)
  await house.call('PATCH', `/libraries/${films}`, { name: 'Cinema' })
  await lookBack(page, before)
  const { libraries } = await house.call<{ libraries: { id: string }[] }>('GET', '/time-travel')
  for (const { id } of libraries) await house.call('DELETE', `/time-travel/${id}`, {})
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: 'has been put away' })).toBeVisible()
  await page.getByRole('link', { name: 'Look again' }).click()
  await expect(band(page)).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Films', exact: true })).toBeVisible()
})

test('one thing then and now, and what changed between two moments', async ({ page, context, program, media }) => {
  const house = await openHouse(program)
  await signIn(context, house, house.admin)
  const films = await house.addLibrary('Films', 'films', media.films)
  const before = await aMoment(house)
  await house.call('PATCH', `/libraries/${films}`, { name: 'Cinema' })

  await test.step('a library', async () => {
    await page.goto(`/as-it-was/library/${films}?at=${encodeURIComponent(before)}`)
    await expect(page.getByRole('heading', { name: 'Then and now' })).toBeVisible()
    await expect(page.getByRole('row', { name: 'Name (differs) Films Cinema' })).toBeVisible()
    await expect(page.getByText('added the library')).toBeVisible()
  })

  await test.step('from an entry of the history', async () => {
    await page.goto('/history')
    await page.getByText('renamed a library to').first().click()
    await page.getByRole('link', { name: 'As it was then', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'As it is now' })).toBeVisible()
    await page.goBack()
    await page.getByText('added the library').first().click()
    await page.getByRole('link', { name: 'The library as it was then', exact: true }).first().click()
    await expect(band(page)).toBeVisible()
    await band(page).getByRole('button', { name: 'Back to now' }).click()
    await expect(band(page)).toBeHidden()
  })

  await test.step('by what caused it', async () => {
    const to = new Date().toISOString()
    await page.goto(`/time-travel/difference?from=${encodeURIComponent(before)}&to=${encodeURIComponent(to)}`)
    await expect(page.getByRole('heading', { name: 'Ada: change a library' })).toBeVisible()
    await expect(page.getByRole('definition').filter({ hasText: 'Films' })).toHaveText('before: Filmsafter: Cinema')
    await page.goto(`/time-travel/difference?from=${encodeURIComponent(to)}&to=${encodeURIComponent(to)}`)
    await expect(page.getByRole('heading', { name: 'Nothing changed' })).toBeVisible()
  })
})

test('what the latest plays would have been elsewhere', async ({ page, context, program, media }) => {
  const house = await openHouse(program)
  await signIn(context, house, house.admin)
  await house.addLibrary('Films', 'films', media.films)
  await page.goto('/what-if')
  await page.getByRole('button', { name: 'Replay' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was played yet' })).toBeVisible()
  const { items } = await house.call<{ items: { id: string }[] }>('GET', '/items?q=long%20take')
  const path = `/items/${items[0]?.id}`
  const { sessionId } = await house.call<{ sessionId: string }>('POST', `${path}/playback`, { profile: 'chrome' })
  await house.call('PUT', `${path}/progress`, { sessionId, positionMs: 20_000, state: 'paused', sequence: 1 })
  await page.goto('/what-if')
  await page.getByRole('combobox', { name: 'Device' }).click()
  await page.getByRole('option', { name: 'Safari' }).click()
  await page.getByRole('button', { name: 'Replay' }).click()
  await expect(page.getByRole('heading', { name: /^1 of 1 play would have been direct on Safari; 1 was\.$/ })).toBeVisible()
  await expect(page.getByRole('link', { name: 'The Long Take' })).toBeVisible()
})
