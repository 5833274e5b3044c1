import type { Page } from '@playwright/test'
import { basename, dirname } from 'node:path'
import { expect, test } from './fixtures.js'
import { expectPicture } from './page.js'

test('from the printed code to a home with pictures @everywhere', async ({ page, program, media }) => {
  await test.step('the code that was printed opens it', async () => {
    expect(await (await page.request.get('/api/health')).json()).toMatchObject({ status: 'ready', setUp: false })
    await page.goto('/')
    await expect(page).toHaveURL(/\/setup/)
    await page.getByLabel('Set-up code').fill('not the code')
    await page.getByLabel('Password', { exact: true }).pressSequentially('lights')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('alert')).toHaveText(['This has to be filled in.', 'At least 8 characters: 2 more to go.'])
    await expect(page.getByLabel('Your name')).toBeFocused()
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill('lights down, please')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await page.getByLabel('Set-up code').fill(await program.setupCode())
    await page.getByRole('button', { name: 'Continue' }).click()
  })

  await test.step('a name and a kind', async () => {
    await expect(page.getByRole('heading', { name: 'What shall we start with?' })).toBeVisible()
    await page.getByRole('radio', { name: 'Series' }).check({ force: true })
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Series')
    await page.getByRole('radio', { name: 'Films' }).check({ force: true })
    await page.getByLabel('Name', { exact: true }).fill('Cinema')
    await page.getByRole('button', { name: 'Choose its folder' }).click()
  })

  await test.step('a folder that is not there is no way out, and not the end', async () => {
    await typeFolder(page, '/nowhere/to be seen')
    await expect(page.getByRole('alert')).toContainText('There is no such folder on the server')
    await expect(page.getByRole('button', { name: 'Use this folder' })).toBeDisabled()
  })

  await test.step('folders are walked and say what they hold', async () => {
    await typeFolder(page, dirname(media.films))
    await page.getByRole('list', { name: 'Folders' }).getByRole('button', { name: 'music', exact: true }).click()
    await expect(page.getByText('This looks more like music.')).toBeVisible()
    await page
      .getByRole('list', { name: 'Folders' })
      .getByRole('button', { name: basename(dirname(media.films)) })
      .click()
    await page.getByRole('list', { name: 'Folders' }).getByRole('button', { name: 'films', exact: true }).click()
    await expect(page.getByRole('status')).toContainText('4 films by the look of it')
    await page.getByRole('button', { name: 'Use this folder' }).click()
  })

  await test.step('the scan goes on before one’s eyes', async () => {
    await expect(page.getByRole('progressbar', { name: 'The scan' })).toBeVisible()
    await expect(page.getByRole('list', { name: 'Found so far' }).getByRole('link').first()).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Your library is there' })).toBeVisible()
    await expect(page.getByText('4 new')).toBeVisible()
    await page.getByRole('link', { name: 'Start browsing' }).click()
  })

  await test.step('what was found is there, with pictures', async () => {
    await expect(page).toHaveURL(/\/$/)
    const shelf = page.getByRole('region', { name: 'New in Cinema' })
    for (const title of ['The Long Take', 'The Long Way', 'Two Voices', 'Old Reel'])
      await expectPicture(shelf.getByRole('link', { name: new RegExp(`^${title}`) }))
  })

  await test.step('the code is of no use any more', async () => {
    await page.goto('/setup')
    await expect(page.getByRole('heading', { name: 'Who runs this server?' })).toBeHidden()
    const again = await page.request.post('/api/setup', {
      data: { code: 'x'.repeat(16), name: 'Eve', password: 'anything at all' },
    })
    expect(again.status()).toBe(409)
  })
})

async function typeFolder(page: Page, path: string): Promise<void> {
  await page.getByLabel('Folder', { exact: true }).fill(path)
  await page.getByLabel('Folder', { exact: true }).press('Enter')
}
