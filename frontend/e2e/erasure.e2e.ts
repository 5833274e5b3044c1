import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.js'
import { openHouse, signIn } from './house.js'
import { goTo } from './page.js'

test('a person takes their data along, and leaves for good', async ({ page, program, context }) => {
  const house = await openHouse(program)
  const person = await house.addPerson()
  await signIn(context, house, person)
  await page.goto('/preferences')

  await test.step('one file with everything', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download my data' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^projectionist-data-\d{4}-\d\d-\d\d\.zip$/)
    const bytes = await readFile(await file.path())
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
    for (const name of ['account.json', 'watching.csv', 'history.csv', 'events.jsonl']) expect(bytes.includes(name)).toBe(true)
  })

  await test.step('erasing says what goes, and asks for the password', async () => {
    await page.getByRole('button', { name: 'Erase my account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Erase your account?' })
    await expect(dialog).toContainText('This cannot be undone')
    await expect(dialog.getByRole('region', { name: 'What goes' })).toContainText('what you watched')
    await expect(dialog.getByRole('region', { name: 'What stays' })).toContainText('someone who left')
    await expect(dialog.getByRole('button', { name: 'Erase everything of mine' })).toBeDisabled()
    await dialog.getByLabel('Your password', { exact: true }).fill('a guess')
    await dialog.getByRole('button', { name: 'Erase everything of mine' }).click()
    await expect(dialog.getByRole('alert')).toHaveText('That is not your password.')
    await dialog.getByLabel('Your password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
  })

  await test.step('they are gone', async () => {
    await page.getByLabel('Name', { exact: true }).fill(person.name)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText('That name and password do not go together.')
    const { users } = await house.call<{ users: { name: string }[] }>('GET', '/users')
    expect(users.map(({ name }) => name)).not.toContain(person.name)
  })
})

test('an admin erases a person, who is out at once, and never themselves as the last', async ({
  browser,
  page,
  program,
  context,
}) => {
  const house = await openHouse(program)
  const other = await house.addPerson()
  const theirs = await browser.newContext({ baseURL: house.program.url })
  await signIn(theirs, house, other)
  const there = await theirs.newPage()
  await there.goto('/')
  await expect(there.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await signIn(context, house, house.admin)
  await page.goto('/')
  await goTo(page, 'People')

  await test.step('by writing the name', async () => {
    await page.getByRole('button', { name: `More for ${other.name}` }).click()
    await page.getByRole('menuitem', { name: 'Erase' }).click()
    const dialog = page.getByRole('dialog', { name: `Erase ${other.name}?` })
    await expect(dialog).toContainText('This cannot be undone')
    const erase = dialog.getByRole('button', { name: 'Erase everything of theirs' })
    await expect(erase).toBeDisabled()
    await dialog.getByLabel(`Write “${other.name}” to go on`).fill(other.name)
    await erase.click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('listitem').filter({ hasText: other.name })).toBeHidden()
  })

  await test.step('who is signed out where they were', async () => {
    await expect(there.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
    await theirs.close()
  })

  await test.step('the deletion ends by itself', async () => {
    await expect
      .poll(async () => (await house.call<{ erasures: unknown[] }>('GET', '/erasures')).erasures, { timeout: 30_000 })
      .toEqual([])
    await expect(page.getByText('Erasing someone who left')).toBeHidden()
  })

  await test.step('the only admin stays', async () => {
    await page.goto('/preferences')
    await page.getByRole('button', { name: 'Erase my account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Erase your account?' })
    await dialog.getByLabel('Your password', { exact: true }).fill(house.admin.password)
    await dialog.getByRole('button', { name: 'Erase everything of mine' }).click()
    await expect(dialog.getByRole('alert')).toHaveText('You are the only admin. Make somebody else one first, under People.')
  })
})
