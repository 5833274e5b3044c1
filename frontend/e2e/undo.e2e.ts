import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inHouse, test } from './fixtures.js'
import { openHouse, signIn } from './house.js'
import { goTo } from './page.js'
import { openItem } from './player.js'

inHouse('what was edited is taken back, and taken back again', async ({ page, house, context }) => {
  await signIn(context, house, house.admin)
  await page.goto('/')
  await goTo(page, 'Films')
  await page.getByRole('link', { name: /^Old Reel/ }).click()
  const title = page.getByRole('main').getByRole('heading', { level: 1 })
  await expect(title).toHaveText('Old Reel')

  await inHouse.step('an item is edited by key, and says so', async () => {
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Edit “Old Reel”' })
    await dialog.getByLabel('Title', { exact: true }).fill('Older Reel')
    await dialog.getByLabel('Year').fill('soon')
    await expect(dialog.getByRole('alert')).toHaveText('A year of four digits')
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
    await dialog.getByLabel('Year').fill('1997')
    await dialog.getByLabel('Tags').fill('silent, short')
    await dialog.getByLabel('Tags').press('Enter')
    await expect(dialog.getByRole('button', { name: 'Take away silent' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(title).toHaveText('Older Reel')
    await expect(page.getByText('silent, short')).toBeVisible()
  })

  await inHouse.step('one click in the toast takes it back, another does it again', async () => {
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(title).toHaveText('Old Reel')
    await page.getByRole('button', { name: 'Do it again' }).click()
    await expect(title).toHaveText('Older Reel')
  })

  await inHouse.step('a field is given back to the file', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit “Older Reel”' })
    for (const words of [/^Give back to the file: Old Reel/, /^Give back to the file: 1998/, /^Leave tags to its sources/])
      await dialog.getByRole('button', { name: words }).click()
    await expect(dialog.getByLabel('Title', { exact: true })).toHaveValue('Old Reel')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(title).toHaveText('Old Reel')
  })
})

inHouse('a selection is edited, and what was changed since stays', async ({ page, house, context }) => {
  await signIn(context, house, house.admin)
  await page.goto('/')
  await goTo(page, 'Films')
  const films = page.getByRole('list', { name: 'Films' })
  await expect(films.locator('[data-item]')).toHaveCount(4)
  await films.locator('[data-item]').first().focus()
  await page.keyboard.press('x')
  await films.locator('[data-item]').last().focus()
  await page.keyboard.press('Shift+X')
  await expect(page.getByText('4 selected')).toBeVisible()
  await page.getByRole('toolbar', { name: 'Selected items' }).getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit 4 items' })
  await dialog.getByLabel('Add tags').fill('favourites')
  await dialog.getByLabel('Add tags').press('Enter')
  await dialog.getByRole('button', { name: 'Save for 4 items' }).click()
  await expect(page.getByText('Saved for 4 items')).toBeVisible()

  const { items } = await house.call<{ items: { id: string; title: string }[] }>('GET', '/items?kind=film')
  const one = items.find(item => item.title === 'Two Voices')!
  await house.call('POST', '/edits', { items: [one.id], fields: { tags: ['mine'] } })
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.getByRole('button', { name: 'See why' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'taken back' })).toHaveText('3 of 4 changes taken back.')
  const stays = page.getByRole('region', { name: 'What stays' })
  await expect(stays).toContainText('Two Voices')
  await expect(stays).toContainText(`The same was edited again since: ${house.admin.name}, just now.`)

  await inHouse.step('the undo is undone, after a look at what that changes', async () => {
    await page.getByRole('link', { name: 'Undo this undo' }).click()
    await expect(page.getByText('All of it can be taken back.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'What changes' })).toContainText('Tagsnothingfavourites')
    await page.getByRole('button', { name: 'Take it back' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'taken back' })).toHaveText('3 changes taken back.')
  })
  await house.call('POST', '/edits', { items: items.map(({ id }) => id), fields: { tags: null } })
})

inHouse('what is marked at once is unmarked by one click, and what was watched before stays watched', async ({ page }) => {
  const select = async (library: string, count: number) => {
    await goTo(page, library)
    const cards = page.getByRole('list', { name: library }).locator('[data-item]')
    await expect(cards).toHaveCount(count)
    for (let n = 0; n < count; n++) {
      await cards.nth(n).focus()
      await page.keyboard.press('x')
      await expect(page.getByText(`${n + 1} selected`)).toBeVisible()
    }
  }
  const undo = (told: string) =>
    page.getByRole('dialog', { name: told }).getByRole('button', { name: 'Undo', exact: true }).click()
  const markOf = (title: string, watched: boolean) =>
    page.getByRole('button', { name: `Mark “${title}” as ${watched ? 'unwatched' : 'watched'}` })

  await inHouse.step('films, of which one was watched', async () => {
    await openItem(page, 'Films', 'Old Reel')
    await markOf('Old Reel', false).click()
    await expect(markOf('Old Reel', true)).toBeVisible()
    await select('Films', 4)
    await page.keyboard.press('w')
    await undo('Marked 3 items as watched')
    await expect(page.getByText('3 changes taken back')).toBeVisible()
    await openItem(page, 'Films', 'Two Voices')
    await expect(markOf('Two Voices', false)).toBeVisible()
    await openItem(page, 'Films', 'Old Reel')
    await expect(markOf('Old Reel', true)).toBeVisible()
  })

  await inHouse.step('a series, of which one episode was watched', async () => {
    await openItem(page, 'Series', 'The Booth')
    await markOf('Episode 1', false).click()
    await expect(markOf('Episode 1', true)).toBeVisible()
    await select('Series', 1)
    await page.keyboard.press('w')
    await undo('Marked 1 item as watched')
    await expect(page.getByText('3 changes taken back').last()).toBeVisible()
    await openItem(page, 'Series', 'The Booth')
    await expect(markOf('Episode 1', true)).toBeVisible()
    await expect(markOf('Episode 2', false)).toBeVisible()
  })
})

test('what a scan did is taken back', async ({ page, program, media, context }, info) => {
  const house = await openHouse(program)
  const folder = info.outputPath('films')
  await cp(media.films, folder, { recursive: true })
  await house.addLibrary('Films', 'films', folder)
  await signIn(context, house, house.admin)
  await page.goto('/admin/libraries')
  const panel = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Films' }) })

  for (const name of await readdir(folder)) if (name.startsWith('Old Reel')) await rm(join(folder, name), { recursive: true })
  await panel.getByRole('button', { name: 'Scan now' }).click()
  await expect(panel.getByText(/1 gone/)).toBeVisible()
  await panel.getByRole('button', { name: 'More for Films' }).click()
  await page.getByRole('menuitem', { name: 'Take back what the last scan did' }).click()
  await expect(page.getByText('All of it can be taken back.')).toBeVisible()
  await expect(page.getByText('Files on the disks are not touched')).toBeVisible()
  await expect(page.getByRole('region', { name: 'What changes' })).toContainText('Comes back into the library')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'taken back' })).toBeVisible()
  await goTo(page, 'Films')
  await expect(page.getByRole('link', { name: /^Old Reel/ })).toBeVisible()
})
