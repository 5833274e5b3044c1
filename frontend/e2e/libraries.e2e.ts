import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inHouse } from './fixtures.js'
import { signIn } from './house.js'
import { expectPicture, goTo } from './page.js'

inHouse('each kind of library makes sense', async ({ page }) => {
  await page.goto('/')

  await inHouse.step('films have titles, years and pictures', async () => {
    await goTo(page, 'Films')
    const films = page.getByRole('list', { name: 'Films' })
    for (const film of [
      'The Long Take, 2021 · 1 min',
      'The Long Way, 2015 · 10 min',
      'Old Reel, 1998 · 30 s',
      'Two Voices, 2019 · 40 s',
    ])
      await expectPicture(films.getByRole('link', { name: film }))
  })

  await inHouse.step('a series has seasons and episodes', async () => {
    await goTo(page, 'Series')
    await page.getByRole('link', { name: 'The Booth, 2020 · 1 season' }).click()
    await expect(page.getByText('3 to watch')).toBeVisible()
    const episodes = page.getByRole('region', { name: 'Episodes' }).getByRole('listitem')
    await expect(episodes).toHaveCount(3)
    for (const number of [1, 2, 3]) {
      await expect(episodes.nth(number - 1)).toContainText(`${number}`)
      await expectPicture(episodes.nth(number - 1))
    }
    await expect(page.getByRole('link', { name: 'Play', exact: true })).toBeVisible()
  })

  await inHouse.step('an album has its artist and its tracks in order', async () => {
    await goTo(page, 'Music')
    await page.getByRole('link', { name: 'Intermission, The Carbon Arcs · 2018' }).click()
    await expect(page.getByRole('heading', { name: 'Intermission', level: 1 })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Play .+/ })).toHaveText([/^1House Lights/, /^2Reel Change/, /^3Last Row/])
    await page.getByRole('navigation', { name: 'Belongs to' }).getByRole('link', { name: 'The Carbon Arcs' }).click()
    await expect(page.getByRole('heading', { name: 'The Carbon Arcs', level: 1 })).toBeVisible()
  })

  await inHouse.step('photos stand by month, newest first', async () => {
    await goTo(page, 'Photos')
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([
      'June 20241',
      'January 20241',
      'October 20231',
      'July 20231',
    ])
    await expectPicture(page.getByRole('link', { name: 'Photo of 20 January 2024, snow' }))
  })

  await inHouse.step('home videos have the day they were made', async () => {
    await goTo(page, 'Home videos')
    await expectPicture(page.getByRole('link', { name: 'Picnic, 14 August 2022 · 10 s' }))
  })
})

inHouse('films are sorted, narrowed and searched for', async ({ page }) => {
  await page.goto('/')
  await goTo(page, 'Films')
  const titles = page.getByRole('list', { name: 'Films' }).locator('a[data-item]')
  await expect(titles).toContainText(['The Long Take', 'The Long Way', 'Old Reel', 'Two Voices'])

  await inHouse.step('sort', async () => {
    await page.getByRole('combobox', { name: 'Sort by' }).click()
    await page.getByRole('option', { name: 'Release date' }).click()
    await expect(titles).toContainText(['The Long Take', 'Two Voices', 'The Long Way', 'Old Reel'])
    await page.getByRole('combobox', { name: 'Sort by' }).click()
    await page.getByRole('option', { name: 'Length' }).click()
    await expect(titles).toContainText(['The Long Way', 'The Long Take', 'Two Voices', 'Old Reel'])
    await page.getByRole('button', { name: 'Turn round: the first first' }).click()
    await expect(titles).toContainText(['Old Reel', 'Two Voices', 'The Long Take', 'The Long Way'])
  })

  await inHouse.step('filter', async () => {
    await page.getByRole('button', { name: 'Decade' }).click()
    await page.getByRole('menuitemcheckbox', { name: '2010s' }).click()
    await page.keyboard.press('Escape')
    await expect(titles).toContainText(['Two Voices', 'The Long Way'])
    await page.reload()
    await expect(titles).toContainText(['Two Voices', 'The Long Way'])
    await page.getByRole('button', { name: 'In progress' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing fits all of that' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await expect(titles).toHaveCount(4)
  })

  await inHouse.step('search, with a slip of the finger', async () => {
    await page.keyboard.press('/')
    const found = page.getByRole('listbox', { name: 'Found' })
    await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
    await page.keyboard.type('voi')
    await expect(found.getByRole('option', { name: 'Two Voices' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Search' }).fill('intermision')
    await expect(found.getByRole('option', { name: /^Intermission/ })).toBeVisible()
    await page.getByRole('combobox', { name: 'Search' }).fill('zzzzzz')
    await expect(page.getByText('Nothing goes by “zzzzzz”.')).toBeVisible()
    await page.getByRole('combobox', { name: 'Search' }).fill('teh long tak')
    await expect(found.getByRole('option').first()).toContainText('The Long Take')
    await page.keyboard.press('Enter')
  })

  await inHouse.step('its page tells what the NFO file tells', async () => {
    await expect(page.getByRole('heading', { name: 'The Long Take', level: 1 })).toBeVisible()
    await expect(page.getByText('A projectionist keeps one reel running')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Drama' })).toBeVisible()
    await expect(page.getByRole('link', { name: /Ada Winter/ })).toBeVisible()
    await page.getByRole('tab', { name: 'Files' }).click()
    await expect(page.getByRole('tabpanel', { name: 'Files' })).toContainText('H.264')
  })
})

inHouse('what cannot be read is said, and what is gone is waited for', async ({ page, house, context }, info) => {
  await signIn(context, house, house.admin)
  const folder = info.outputPath('odds')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'Empty (2001).mp4'), '')
  await writeFile(join(folder, 'Letter (2002).mkv'), 'Dear all,\nthis is no film.\n'.repeat(1000))
  await symlink('.', join(folder, 'around'))
  const name = `Odds ${info.testId.slice(-4)}`

  await inHouse.step('an empty library says how it fills', async () => {
    await page.goto('/admin/libraries')
    await page.getByRole('button', { name: 'Add a library' }).click()
    await page.getByLabel('Folder', { exact: true }).fill('/nowhere/to be seen')
    await page.getByLabel('Folder', { exact: true }).press('Enter')
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
    await page.getByLabel('Folder', { exact: true }).fill(folder)
    await page.getByLabel('Folder', { exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Use this folder' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('radio', { name: 'Films' }).check({ force: true })
    await page.getByRole('button', { name: 'Add the library' }).click()
    const panel = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
    await panel.getByRole('button', { name: /files? ha(s a problem|ve problems)/ }).click()
    const problems = page.getByRole('dialog', { name: 'Problems of the last scan' })
    await expect(problems.getByRole('listitem').filter({ hasText: 'Empty (2001).mp4' })).toContainText('Is empty')
    await expect(problems.getByRole('listitem').filter({ hasText: 'Letter (2002).mkv' })).toContainText('is none')
    await page.keyboard.press('Escape')
    await goTo(page, name)
    await expect(page.getByRole('heading', { name: 'No films in here yet' })).toBeVisible()
  })

  await inHouse.step('a folder that is gone is missed, not forgotten', async () => {
    await rename(folder, `${folder} away`)
    await page.goto('/admin/libraries')
    const panel = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
    await panel.getByRole('button', { name: 'Scan now' }).click()
    await expect(panel.getByText('This folder is not there.')).toBeVisible()
    await rename(`${folder} away`, folder)
    await panel.getByRole('button', { name: 'Scan now' }).click()
    await expect(panel.getByText('This folder is not there.')).toBeHidden()
  })

  await inHouse.step('all of it is history', async () => {
    await goTo(page, 'History')
    await expect(page.getByRole('main')).toContainText(`added the library ${name}`)
    await expect(page.getByRole('main')).toContainText(`scanned ${name}`)
    await page.goto('/admin/libraries')
  })

  await inHouse.step('it is taken out again', async () => {
    await page.getByRole('button', { name: `More for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Remove/ })
      .click()
    await expect(page.getByRole('heading', { name })).toBeHidden()
  })
})

inHouse('what is not there says so', async ({ page }) => {
  await page.goto('/item/00000000-0000-4000-8000-000000000000')
  await expect(page.getByRole('alert')).toContainText('Not here')
  await page.getByRole('link', { name: 'Go home' }).click()
  await expect(page).toHaveURL(/\/$/)
  await page.goto('/nowhere')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await page.goto('/library/00000000-0000-4000-8000-000000000000')
  await expect(page.getByRole('alert')).toContainText('There is no such library')
})
