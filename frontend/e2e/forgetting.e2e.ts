import type { Tokens } from '@projectionist/shared/api/accounts'
import { randomUUID } from 'node:crypto'
import { expect, inHouse } from './fixtures.js'
import type { House, Person } from './house.js'
import { goTo } from './page.js'

interface Played {
  readonly title: string
  readonly minutes: { readonly at: number; readonly of: number }
  readonly when: Date
}

/** Hours of the last day of the week before today that is a Sunday, and of the Saturday before it. */
const lastSunday = (hour: number): Date => {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - (now.getDay() || 7), hour)
}
const saturdayBefore = (hour: number): Date => new Date(lastSunday(hour).getTime() - 24 * 3600_000)

/** What a television that was offline tells of a person's plays. */
async function played({ program, call }: House, person: Person, plays: readonly Played[]): Promise<void> {
  const device = { id: 'children-television', name: 'Television' }
  const post = async (path: string, body: unknown, token?: string): Promise<unknown> => {
    const response = await fetch(`${program.url}/api${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(200)
    return response.json()
  }
  const { accessToken } = (await post('/auth/login', { ...person, device, tokens: 'body' })) as Tokens
  const { items } = await call<{ items: { id: string; title: string; episodeNumber: number | null }[] }>(
    'GET',
    '/items?limit=200&kind=film&kind=episode',
  )
  const intents = plays.map(({ title, minutes: { at, of }, when }, index) => ({
    kind: 'progress',
    itemId: items.find(
      item => item.title === title || (title === `Episode ${item.episodeNumber}` && item.episodeNumber !== null),
    )!.id,
    playId: randomUUID(),
    positionMs: at * 60_000,
    durationMs: of * 60_000,
    cause: 'stop',
    sequence: when.getTime() + index,
    deviceTime: when.toISOString(),
    clockOffsetMs: 0,
  }))
  const answer = await post('/me/intents', { device, sentAt: new Date().toISOString(), intents }, accessToken)
  expect((answer as { results: { result: string }[] }).results.map(({ result }) => result)).toEqual(plays.map(() => 'taken'))
}

inHouse(
  'what the children watched on one’s account on Sunday is forgotten, and brought back',
  async ({ page, house, person }) => {
    await played(house, person, [
      { title: 'Episode 1', minutes: { at: 20, of: 20 }, when: saturdayBefore(20) },
      { title: 'Episode 2', minutes: { at: 20, of: 20 }, when: lastSunday(10) },
      { title: 'The Long Way', minutes: { at: 5, of: 10 }, when: lastSunday(11) },
      { title: 'Two Voices', minutes: { at: 5, of: 40 }, when: lastSunday(21) },
    ])
    const next = page.getByRole('region', { name: 'Next up' })
    const begun = page.getByRole('region', { name: 'Continue watching' })
    const hero = page.getByRole('region', { name: 'Go on watching' })
    const expectWithThem = async () => {
      await expect(hero).toContainText('Two Voices')
      await expect(begun).toContainText('The Long Way')
      await expect(next).toContainText('E3')
    }
    await page.goto('/')
    await expectWithThem()

    let back: string | null = null
    await inHouse.step('Sunday is chosen, and what was one’s own is kept', async () => {
      await page.getByRole('link', { name: /preferences and sign out/ }).click()
      await page.getByRole('link', { name: 'Forget plays' }).click()
      await page.getByRole('button', { name: 'Last Sunday' }).click()
      await expect(page.getByRole('checkbox')).toHaveCount(3)
      await page.getByRole('checkbox', { name: /Two Voices/ }).uncheck()
      await page.getByRole('button', { name: 'Forget 2 titles' }).click()
      const dialog = page.getByRole('dialog')
      await expect(dialog.getByText('All of it can be taken back.')).toBeVisible()
      await dialog.getByRole('button', { name: 'Take it back' }).click()
      await expect(dialog.getByRole('status').filter({ hasText: 'taken back' })).toBeVisible()
      back = await dialog.getByRole('link', { name: 'Undo this undo' }).getAttribute('href')
    })

    await inHouse.step('home is as though it had not been; what was seen on Saturday stays seen', async () => {
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
      await goTo(page, 'Home')
      await expect(hero).toContainText('Two Voices')
      await expect(next).toContainText('E2')
      await expect(next).not.toContainText('E3')
      await expect(begun).toBeHidden()
    })

    await inHouse.step('that was too much: the undo is undone', async () => {
      await page.goto(back!)
      await page.getByRole('button', { name: 'Take it back' }).click()
      await expect(page.getByRole('status').filter({ hasText: 'taken back' })).toBeVisible()
      await goTo(page, 'Home')
      await expectWithThem()
    })
  },
)
