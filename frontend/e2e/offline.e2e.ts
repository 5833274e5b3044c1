import { expect, inHouse } from './fixtures.js'
import { signIn } from './house.js'
import { expectPlaying, reported } from './player.js'

inHouse(
  'two devices watch, one of them without the network; when it is back, both come to what was meant',
  async ({ browser, page, context, house, person }) => {
    inHouse.slow()
    const others = await browser.newContext({ baseURL: house.program.url })
    await signIn(others, house, person)
    const there = await others.newPage()
    // A short one, all of which the browser has before the network is gone.
    const { items } = await house.call<{ items: { id: string; title: string }[] }>(
      'GET',
      '/items?kind=episode&sort=number&limit=1',
    )
    const { id, title } = items[0]!
    const begin = async (where: typeof page) => {
      await where.goto(`/item/${id}`)
      await where.getByRole('link', { name: /^(Play$|Resume)/ }).click()
      await expectPlaying(where)
    }
    /** Does something after which what was kept is sent, and waits for the server's answer. */
    const sent = async (where: typeof page, act: () => Promise<unknown>) => {
      const stored = where.waitForResponse(answer => answer.url().endsWith('/api/me/intents') && answer.ok())
      await act()
      await stored
    }

    await inHouse.step('a film goes on though the network is gone, and the place is kept', async () => {
      await begin(page)
      await reported(page, () => page.keyboard.press('k'))
      await context.setOffline(true)
      await page.keyboard.press('5')
      await expect(page.getByText('Your place is kept on this device, and will be sent.')).toBeVisible()
    })

    await inHouse.step('the other device, which cannot know, is used later', async () => {
      await begin(there)
      await reported(there, () => there.keyboard.press('k'))
      await reported(there, () => there.keyboard.press('2'))
      await there.goto(`/item/${id}`)
      await expect(there.getByRole('progressbar', { name: 'Watched so far' })).toHaveAttribute('aria-valuenow', '20')
      await expect(there.getByText(/^You also got to/)).toBeHidden()
    })

    const back = await inHouse.step(
      'what was kept survives the page; the later place stands, and the other is offered',
      async () => {
        await page.close()
        const again = await context.newPage()
        await sent(again, async () => {
          await context.setOffline(false)
          await again.goto('/')
        })
        await expect(there.getByText(/^You also got to 0:10 on Chrome on Linux, /)).toBeVisible()
        await expect(there.getByRole('progressbar', { name: 'Watched so far' })).toHaveAttribute('aria-valuenow', '20')
        return again
      },
    )

    await inHouse.step('one goes there, or wants to hear no more of it, on every device', async () => {
      await back.goto(`/item/${id}`)
      await expect(back.getByRole('link', { name: 'Go there' })).toHaveAttribute('href', /t=10\d{3}/)
      await there.getByRole('button', { name: 'Do not tell me of it again' }).click()
      await expect(there.getByText(/^You also got to/)).toBeHidden()
      await expect(back.getByText(/^You also got to/)).toBeHidden()
      await expect(back.getByRole('progressbar', { name: 'Watched so far' })).toHaveAttribute('aria-valuenow', '20')
    })

    await inHouse.step('a mark made without the network is shown, kept, and stands when it is sent', async () => {
      await context.setOffline(true)
      await back.getByRole('button', { name: `Mark “${title}” as watched` }).click()
      await expect(back.getByText('Kept on this device. It will be sent when the server is back.')).toBeVisible()
      await expect(back.getByRole('button', { name: `Mark “${title}” as unwatched` })).toBeVisible()
      await expect(back.getByText('1 thing you did is kept on this device and will be sent.')).toBeVisible()
      await sent(back, () => context.setOffline(false))
      await expect(there.getByRole('link', { name: 'Play again' })).toBeVisible()
      await expect(back.getByText(/kept on this device/)).toBeHidden()
    })
    await others.close()
  },
)
