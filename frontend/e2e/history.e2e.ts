import { readFile } from 'node:fs/promises'
import { expect, inHouse } from './fixtures.js'
import { signIn } from './house.js'
import { goTo } from './page.js'
import { expectPlaying, play, reported } from './player.js'

inHouse('an admin follows what happened to its cause, narrows it, and takes it home', async ({ page, house, context }) => {
  await signIn(context, house, house.admin)
  await page.goto('/')
  await goTo(page, 'History')
  const main = page.getByRole('main')
  const line = (text: string | RegExp) => main.getByRole('listitem').filter({ hasText: text })

  await inHouse.step('a scan is one line, which opens to what it found', async () => {
    await main.getByRole('searchbox', { name: 'Search the history' }).fill('long take')
    // What was there before the search would close when its answer comes.
    await expect(line('added the library Music')).toHaveCount(0)
    const scan = line(/added the library Films .*added/).first()
    await expect(scan).toBeVisible()
    await scan.locator('summary').first().click()
    const found = scan.getByRole('listitem').filter({ hasText: 'took in The Long Take' })
    await expect(found).toBeVisible()
    await found.locator('summary').first().click()
    await expect(found.locator('dl')).toContainText('The Long Take')
    await expect(found.getByRole('heading', { name: 'Because of' })).toBeVisible()
  })

  await inHouse.step('the chain leads to what began it, and on to what that led to', async () => {
    await line('took in The Long Take')
      .getByRole('link', { name: /began to scan/ })
      .first()
      .click()
    const one = page.getByRole('region', { name: 'One entry' })
    await expect(one).toContainText('began to scan')
    await expect(one.getByRole('heading', { name: 'This led to' })).toBeVisible()
    await one.getByRole('button', { name: 'Close this entry' }).click()
    await expect(one).toBeHidden()
  })

  await inHouse.step('narrowed to what, who and when; what is not there says so', async () => {
    await main.getByRole('searchbox', { name: 'Search the history' }).fill('')
    await main.getByRole('button', { name: 'What', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Libraries and folders' }).click()
    await page.keyboard.press('Escape')
    await expect(line('added the library Music').first()).toBeVisible()
    await expect(page).toHaveURL(/what=libraries/)
    await main.getByRole('searchbox', { name: 'Search the history' }).fill('zzyzx')
    await expect(main).toContainText('Nothing of the kind happened')
    await main.getByRole('button', { name: 'Show everything' }).click()
    await expect(page).toHaveURL(/\/history$/)
  })

  await inHouse.step('taken home as a table', async () => {
    await main.getByRole('searchbox', { name: 'Search the history' }).fill('long take')
    await expect(page).toHaveURL(/q=long/)
    await main.getByRole('button', { name: 'Export' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'For a spreadsheet (CSV)' }).click()
    const text = await readFile(await (await downloading).path(), 'utf8')
    expect(text.split('\r\n')[0]).toContain('time,who,device,what')
    expect(text).toContain('"The Long Take"')
  })

  await inHouse.step('that somebody did so, and tried to get in, is in it as well', async () => {
    const refused = await context.request.post('/api/auth/login', { data: { name: house.admin.name, password: 'not this one' } })
    expect(refused.status()).toBe(401)
    await page.goto('/history?what=exports&what=sign-ins')
    await expect(line(`${house.admin.name} exported a part of the history`)).toBeVisible()
    await expect(line(`The sign-in refused a sign-in as ${house.admin.name}`)).toBeVisible()
  })
})

inHouse('everybody sees their own plays, as one line from where to where @everywhere', async ({ page, house }) => {
  await page.goto('/')
  await play(page, 'Films', 'The Long Take')
  await expectPlaying(page)
  await page.keyboard.press('5')
  await expectPlaying(page, 30)
  await reported(page, () => page.keyboard.press('k'))
  await page.goto('/history')
  await expect(page.getByRole('heading', { name: 'Your history' })).toBeVisible()
  const main = page.getByRole('main')
  const watched = main.getByRole('listitem').filter({ hasText: /watched The Long Take from 0:\d\d to 0:\d\d/ })
  await expect(watched).toHaveCount(1)
  await watched.locator('summary').first().focus()
  await page.keyboard.press('Enter')
  await expect(watched.getByRole('listitem').filter({ hasText: 'began to play' })).toBeVisible()
  await expect(main).not.toContainText('added the library')
  await expect(main).not.toContainText(house.admin.name + ' watched')
  await main.getByRole('link', { name: 'The Long Take' }).first().click()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('tabpanel', { name: 'History' })).toContainText('watched')
})

inHouse(
  'the past and what if stand beside the history, for keys and remotes too @everywhere',
  async ({ page, house, context }) => {
    const television = page.viewportSize()?.width === 1920
    if (television) await page.addInitScript(() => localStorage.setItem('preferences', JSON.stringify({ display: 'television' })))
    await signIn(context, house, house.admin)
    const parts = page.getByRole('navigation', { name: 'History' })
    const part = (name: string) => parts.getByRole('link', { name, exact: true })
    const heading = (name: string) => page.getByRole('heading', { name, level: 1, exact: true })

    await inHouse.step('one leads to the other, and says where one is', async () => {
      await page.goto('/history')
      await expect(heading('History')).toBeVisible()
      await expect(part('What happened')).toHaveAttribute('aria-current', 'page')
      await part('What if').click()
      await expect(heading('What if')).toBeVisible()
      await expect(page).toHaveURL(/\/what-if$/)
      await expect(part('What if')).toHaveAttribute('aria-current', 'page')
      await expect(part('What happened')).not.toHaveAttribute('aria-current')
      expect(await page.getByRole('main').evaluate(main => main.scrollWidth - main.clientWidth)).toBe(0)
    })

    await inHouse.step('by keys, which stay where they are', async () => {
      await part('What if').focus()
      await page.keyboard.press(television ? 'ArrowLeft' : 'Shift+Tab')
      await expect(part('As it was')).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(heading('The library as it was')).toBeVisible()
      await expect(part('As it was')).toBeFocused()
      if (television) {
        await page.keyboard.press('ArrowDown')
        await expect(parts.locator(':focus')).toHaveCount(0)
        await expect(page.getByRole('main').locator(':focus')).toHaveCount(1)
        await page.keyboard.press('ArrowUp')
        await expect(parts.locator(':focus')).toHaveCount(1)
      }
    })

    await inHouse.step('what is inside belongs to it', async () => {
      await page.getByRole('link', { name: 'Compare two moments' }).click()
      await expect(heading('What changed')).toBeVisible()
      await expect(part('As it was')).toHaveAttribute('aria-current', 'page')
      const places = page.getByRole('navigation', { name: 'Main' })
      if (await places.getByRole('link', { name: 'Activity' }).isVisible())
        await expect(places.getByRole('link', { name: 'History', exact: true })).toHaveAttribute('aria-current', 'page')
    })
  },
)

inHouse('people, libraries and scans lead to what happened with them', async ({ page, house, context, person }) => {
  await signIn(context, house, house.admin)
  const main = page.getByRole('main')
  const line = (text: RegExp) => main.getByRole('listitem').filter({ hasText: text }).first()

  await inHouse.step('a person', async () => {
    await page.goto('/admin/people')
    await page.getByRole('button', { name: `More for ${person.name}` }).click()
    await page.getByRole('menuitem', { name: 'What they did' }).click()
    await expect(page).toHaveURL(/\/history\?user=/)
    await expect(main.getByRole('button', { name: `Who: ${person.name}` })).toBeVisible()
    await expect(line(new RegExp(`${person.name} signed in`))).toBeVisible()
    await expect(main.getByText('added the library')).toHaveCount(0)
  })

  await inHouse.step('a library, and its last scan', async () => {
    await page.goto('/admin/libraries')
    await page.getByRole('button', { name: 'More for Music' }).click()
    await page.getByRole('menuitem', { name: 'Its history' }).click()
    await expect(main.getByRole('button', { name: 'Library: Music' })).toBeVisible()
    await expect(line(/added the library Music/)).toBeVisible()
    await page.goBack()
    await page.getByRole('button', { name: 'More for Music' }).click()
    await page.getByRole('menuitem', { name: 'What the last scan did', exact: true }).click()
    await expect(page).toHaveURL(/\/history\?scan=/)
    await expect(main.getByText('One scan')).toBeVisible()
  })

  await inHouse.step('a scan', async () => {
    await page.goto('/activity')
    await page.getByRole('link', { name: 'What it did: the scan of Photos' }).first().click()
    await expect(page).toHaveURL(/\/history\?scan=/)
    await expect(line(/added the library Photos/)).toBeVisible()
    await expect(main.getByText('added the library')).toHaveCount(1)
  })
})

inHouse('members have the history alone', async ({ page }) => {
  await page.goto('/history')
  await expect(page.getByRole('heading', { name: 'Your history', level: 1 })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'History' })).toBeHidden()
  await page.goto('/time-travel')
  await expect(page.getByRole('heading', { name: 'The library as it was' })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'History' })).toBeHidden()
})
