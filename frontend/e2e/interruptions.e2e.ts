import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inHouse, startProgram, test } from './fixtures.js'
import { openHouse, signIn, type House } from './house.js'
import { ffmpegPath } from './media.js'
import { expectPlaying, openItem, play, reported } from './player.js'

interface Listed {
  readonly title: string
  readonly state: { readonly positionMs: number; readonly watched: boolean }
}
const filmsOf = async ({ call }: House): Promise<readonly Listed[]> =>
  (await call<{ items: Listed[] }>('GET', '/items?kind=film')).items

inHouse('a film plays on without a blink though the server has forgotten its session', async ({ page, house }) => {
  await play(page, 'Films', 'The Long Take')
  await expectPlaying(page)
  await page.evaluate(() =>
    document.querySelector('video')!.addEventListener('emptied', () => Object.assign(window, { interrupted: true })),
  )
  const { sessions } = await house.call<{ sessions: { sessionId: string; item: { title: string } }[] }>('GET', '/sessions')
  const { sessionId } = sessions.find(({ item }) => item.title === 'The Long Take')!
  await house.call('DELETE', `/sessions/${sessionId}`, {})
  const revived = page.waitForResponse(answer => answer.url().endsWith('/playback') && answer.request().method() === 'POST')
  await page.keyboard.press('k')
  expect(((await (await revived).json()) as { sessionId: string }).sessionId).toBe(sessionId)
  await reported(page, () => page.keyboard.press('k'))
  await reported(page, () => page.keyboard.press('5'))
  await expectPlaying(page, 30)
  expect(await page.evaluate(() => 'interrupted' in window)).toBe(false)
})

test('the server is stopped while a film plays: the player says so, and goes on by itself', async ({ page, program, media }) => {
  test.slow()
  const house = await openHouse(program)
  await house.addLibrary('Films', 'films', media.films)
  await signIn(page.context(), house, house.admin)
  await play(page, 'Films', 'The Long Way')
  await expectPlaying(page)
  await program.stop()
  await page.keyboard.press('8')
  await expect(page.getByText('The server does not answer', { exact: true })).toBeVisible()
  await expect(page.getByText('It goes on by itself as soon as it is back.')).toBeVisible()
  const again = await startProgram(program.home, { PORT: new URL(program.url).port })
  try {
    await expectPlaying(page, 480)
  } finally {
    await again.stop()
  }
})

test('files that are cut off are told of by the scan, and by the player where they end', async ({ page, program, media }) => {
  test.slow()
  const folder = await mkdtemp(join(tmpdir(), 'projectionist-cut-'))
  const cut = async (name: string, sound: string, part: number) => {
    const whole = join(folder, `whole-${name}`)
    const source = join(media.films, 'The Long Take (2021)', 'The Long Take (2021).mp4')
    const args = ['-v', 'error', '-i', source, '-c:v', 'copy', '-c:a', sound, '-movflags', '+faststart', whole]
    await promisify(execFile)(ffmpegPath(), args)
    const bytes = await readFile(whole)
    await mkdir(join(folder, 'films'), { recursive: true })
    await writeFile(join(folder, 'films', name), bytes.subarray(0, Math.floor(bytes.length * part)))
  }
  try {
    // One is sent as it is; of the other the sound has to be converted, and the picture repackaged.
    await cut('Cut (2001).mkv', 'copy', 0.15)
    await cut('Half (2002).mp4', 'ac3', 0.2)
    const house = await openHouse(program)
    await house.addLibrary('Films', 'films', join(folder, 'films'))
    await signIn(page.context(), house, house.admin)

    await test.step('by the scan', async () => {
      await page.goto('/admin/libraries')
      await page.getByRole('button', { name: '2 files have problems' }).click()
      await expect(page.getByText('Is shorter than it says; perhaps it is still being copied')).toHaveCount(2)
    })

    for (const title of ['Cut', 'Half'])
      await test.step(`by the player: ${title}`, async () => {
        await play(page, 'Films', title)
        await expectPlaying(page)
        await expect(page.getByRole('heading', { name: 'This file is damaged or incomplete' })).toBeVisible({ timeout: 60_000 })
      })

    await test.step('and neither counts as watched', async () => {
      const began = (film: Listed) => film.state.positionMs > 1_000 && film.state.positionMs < 25_000 && !film.state.watched
      await expect
        .poll(async () => (await filmsOf(house)).map(film => [film.title, began(film)]))
        .toEqual([
          ['Cut', true],
          ['Half', true],
        ])
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

inHouse(
  'what plays on one device is shown on another as it plays, and goes on there at the same second',
  async ({ browser, page, house, person }) => {
    const others = await browser.newContext({ baseURL: house.program.url })
    await signIn(others, house, person)
    const there = await others.newPage()
    await openItem(there, 'Films', 'The Long Way')
    await play(page, 'Films', 'The Long Way')
    await expectPlaying(page)
    await page.keyboard.press('5')
    await expectPlaying(page, 300)
    await expect(there.getByText(/^Playing on .+ at \d+:\d\d$/)).toBeVisible()
    await there.goto('/')
    await expect(there.getByText(/^The Long Way is playing on .+ at \d+:\d\d$/)).toBeVisible()
    await there.getByRole('link', { name: 'Continue here' }).click()
    await expectPlaying(there, 300)
    const [here, elsewhere] = await Promise.all(
      [page, there].map(one => one.evaluate(() => document.querySelector('video')!.currentTime)),
    )
    expect(Math.abs(here! - elsewhere!)).toBeLessThan(15)
    await others.close()
  },
)
