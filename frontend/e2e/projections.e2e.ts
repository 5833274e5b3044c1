import type { ReadModel } from '@projectionist/shared/api/projections'
import { expect, inHouse } from './fixtures.js'
import { signIn } from './house.js'
import { goTo } from './page.js'

inHouse(
  'an admin has everything made anew from the log while people go on browsing',
  async ({ browser, page, house, context }) => {
    const theirs = await browser.newContext({ baseURL: house.program.url })
    await signIn(theirs, house, await house.addPerson())
    const there = await theirs.newPage()
    await there.goto('/')
    await signIn(context, house, house.admin)
    const models = async () => (await house.call<{ readModels: ReadModel[] }>('GET', '/read-models')).readModels

    await inHouse.step('sees what there is, and that it is up to date', async () => {
      await page.goto('/')
      await goTo(page, 'Read models')
      const catalogue = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Catalogue' }) })
      await expect(catalogue).toContainText('Up to date')
      await expect(page.getByRole('listitem').filter({ hasText: 'Stopped' })).toHaveCount(0)
    })

    await inHouse.step('asks for all of it, and is asked back', async () => {
      await page.getByRole('button', { name: 'Rebuild all' }).click()
      const dialog = page.getByRole('dialog', { name: 'Rebuild all read models?' })
      await dialog.getByRole('button', { name: 'Leave it' }).click()
      await expect(dialog).toBeHidden()
      await page.getByRole('button', { name: 'Rebuild all' }).click()
      await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click()
      await expect(dialog).toBeHidden()
    })

    await inHouse.step('somebody browses all the while, and finds everything', async () => {
      for (let round = 0; round < 20; round++) {
        await goTo(there, 'Films')
        await expect(there.getByRole('list', { name: 'Films' }).getByRole('link', { name: /^The Long Take/ })).toBeVisible()
        await goTo(there, 'Series')
        await expect(there.getByRole('link', { name: /^The Booth/ })).toBeVisible()
        if (!(await models()).some(({ rebuildAsked, filling }) => rebuildAsked || filling)) break
      }
      await expect
        .poll(async () => (await models()).filter(({ rebuildAsked, state }) => rebuildAsked || state !== 'live'), {
          timeout: 60_000,
        })
        .toEqual([])
      await there.reload()
      await expect(there.getByRole('link', { name: /^The Booth/ })).toBeVisible()
      await goTo(there, 'Films')
      await expect(there.getByRole('list', { name: 'Films' }).getByRole('link', { name: /min|\d s/ })).toHaveCount(4)
    })

    await inHouse.step('what came while it was made is in it too', async () => {
      await expect(page.getByRole('progressbar')).toHaveCount(0)
      await page.getByRole('button', { name: 'Rebuild Watch state' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Rebuild', exact: true }).click()
      const { items } = await house.call<{ items: { id: string }[] }>('GET', '/items?kind=film')
      await house.call('PUT', `/items/${items[0]!.id}/rating`, { rating: 8 })
      await expect
        .poll(async () => (await models()).find(({ name }) => name === 'watch_state'))
        .toMatchObject({ rebuildAsked: false, state: 'live', behind: { events: 0 } })
      expect((await house.call<{ state: { rating: number } }>('GET', `/items/${items[0]!.id}`)).state.rating).toBe(8)
    })

    await inHouse.step('one that stands still says where, why, and what to do', async () => {
      const stopped = {
        error: 'TypeError: no title',
        event: { id: 'e-1', type: 'MetadataMatched', streamId: 'item-7', position: '4711' },
      }
      const asked: string[] = []
      await page.route('**/api/read-models', async route => {
        const answer = (await (await route.fetch()).json()) as { readModels: ReadModel[] }
        await route.fulfill({
          json: {
            readModels: answer.readModels.map(model =>
              model.name === 'items' ? { ...model, state: 'faulted', fault: stopped } : model,
            ),
          },
        })
      })
      await page.route('**/api/read-models/*/resume', route => {
        asked.push(new URL(route.request().url()).pathname)
        return route.fulfill({ status: 204 })
      })
      await page.reload()
      const alert = page.getByRole('alert')
      await expect(alert).toContainText('Nothing is lost')
      for (const words of ['MetadataMatched, e-1', 'item-7', '4,711', 'TypeError: no title'])
        await expect(alert).toContainText(words)
      await alert.getByRole('button', { name: 'Try again' }).click()
      await expect.poll(() => asked).toEqual(['/api/read-models/items/resume'])
    })
    await theirs.close()
  },
)
