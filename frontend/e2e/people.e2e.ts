import { expect, inHouse } from './fixtures.js'
import { signIn } from './house.js'
import { goTo } from './page.js'
import { expectPlaying, play, reported } from './player.js'

inHouse(
  'a second person sees what is open to them, and has a history of their own',
  async ({ browser, page, house, context }, info) => {
    await signIn(context, house, house.admin)
    const name = `Nora ${info.testId.slice(-4)}`

    await inHouse.step('added with one library', async () => {
      await page.goto('/')
      await goTo(page, 'People')
      await page.getByRole('button', { name: 'Add a person' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add a person' })
      await dialog.getByLabel('Name', { exact: true }).fill(house.admin.name)
      await dialog.getByLabel('Password', { exact: true }).fill('popcorn and ices')
      await dialog.getByRole('switch', { name: 'All libraries' }).click()
      for (const library of ['Series', 'Music', 'Photos', 'Home videos'])
        await dialog.getByRole('switch', { name: library }).click()
      await dialog.getByRole('button', { name: /^Add/ }).click()
      await expect(dialog.getByRole('alert')).toBeVisible()
      await dialog.getByLabel('Name', { exact: true }).fill(name)
      await dialog.getByRole('button', { name: /^Add/ }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Sees Films')
    })

    const theirs = await browser.newContext({ baseURL: house.program.url })
    const there = await theirs.newPage()

    await inHouse.step('a wrong password is told from a right one', async () => {
      await there.goto('/')
      await there.getByLabel('Name', { exact: true }).fill(name)
      await there.getByLabel('Password', { exact: true }).fill('popcorn and rice')
      await there.getByRole('button', { name: 'Sign in' }).click()
      await expect(there.getByRole('alert')).toHaveText('That name and password do not go together.')
      await there.getByLabel('Password', { exact: true }).fill('popcorn and ices')
      await there.getByRole('button', { name: 'Sign in' }).click()
      await expect(there.getByRole('region', { name: 'New', exact: true })).toBeVisible()
    })

    await inHouse.step('only that library', async () => {
      const places = there.getByRole('navigation', { name: 'Main' })
      await expect(places.getByRole('link', { name: 'Films', exact: true })).toBeVisible()
      for (const hidden of ['Series', 'Music', 'Photos', 'Home videos', 'People', 'Manage libraries'])
        await expect(places.getByRole('link', { name: hidden, exact: true })).toBeHidden()
      await there.keyboard.press('/')
      await there.getByRole('combobox', { name: 'Search' }).fill('intermission')
      await expect(there.getByText('Nothing goes by “intermission”.')).toBeVisible()
      await there.keyboard.press('Escape')
      const albums = await house.call<{ items: { id: string }[] }>('GET', '/items?kind=album')
      await there.goto(`/item/${albums.items[0]?.id}`)
      await expect(there.getByRole('alert')).toContainText('Not here')
      await there.goto('/admin/people')
      await expect(there.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
    })

    await inHouse.step('what they watch is theirs', async () => {
      await play(there, 'Films', 'The Long Take')
      await expectPlaying(there)
      await there.keyboard.press('5')
      await expectPlaying(there, 30)
      await reported(there, () => there.keyboard.press('k'))
      await there.goto('/')
      await expect(there.getByRole('region', { name: 'Go on watching' })).toContainText('The Long Take')
      await goTo(there, 'History')
      await expect(there.getByRole('main')).toContainText('The Long Take')
      await page.goto('/')
      await expect(page.getByRole('region', { name: 'New', exact: true })).toBeVisible()
      await expect(page.getByRole('region', { name: 'Go on watching' })).toBeHidden()
    })

    await inHouse.step('signed out is out', async () => {
      await there.getByRole('link', { name: `${name}: preferences and sign out` }).click()
      await there.getByRole('button', { name: 'Sign out' }).click()
      await expect(there.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
      await there.goto('/history')
      await expect(there).toHaveURL(/\/sign-in\?to=%2Fhistory/)
    })
    await theirs.close()
  },
)
