import type { Page } from '@playwright/test'
import { expect, inHouse } from './fixtures.js'
import { expectPlaying, isPaused, openItem, place, play, reported } from './player.js'

inHouse('an MP4 plays as it is, obeys the keyboard, and goes on at the same second', async ({ page }) => {
  await play(page, 'Films', 'The Long Take')
  await expectPlaying(page)
  await expect(page.getByRole('button', { name: 'Original' })).toBeVisible()

  await inHouse.step('keys', async () => {
    await page.keyboard.press('Space')
    await expect.poll(() => isPaused(page)).toBe(true)
    const start = await place(page)
    await page.keyboard.press('l')
    await expect.poll(() => place(page)).toBeCloseTo(start + 10, 0)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => place(page)).toBeCloseTo(start + 15, 0)
    await page.keyboard.press('j')
    await expect.poll(() => place(page)).toBeCloseTo(start + 5, 0)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => place(page)).toBeCloseTo(start, 0)
    await page.keyboard.press('m')
    await expect.poll(() => muted(page)).toBe(true)
    await page.keyboard.press('m')
    await expect.poll(() => muted(page)).toBe(false)
    await page.keyboard.press('f')
    await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
    await page.keyboard.press('f')
    await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(false)
    await page.keyboard.press('k')
    await expectPlaying(page, start)
  })

  const left = await inHouse.step('pause in the middle', async () => {
    await page.keyboard.press('5')
    await expectPlaying(page, 30)
    await reported(page, () => page.keyboard.press('Space'))
    return place(page)
  })

  await inHouse.step('after a reload it goes on there', async () => {
    await page.reload()
    await expect(page.getByText(/Going on at 0:3\d/)).toBeVisible()
    await expect.poll(() => place(page)).toBeGreaterThan(left - 1)
    expect(await place(page)).toBeLessThan(left + 2)
  })

  await inHouse.step('its page says so', async () => {
    await openItem(page, 'Films', 'The Long Take')
    await expect(page.getByRole('link', { name: 'Resume · under a minute left' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'From the start' })).toBeVisible()
  })
})

inHouse('HEVC with Dolby Digital is converted: it starts, jumps far ahead and back, and says why', async ({ page }) => {
  await play(page, 'Films', 'The Long Way')
  await expectPlaying(page)

  await inHouse.step('why', async () => {
    await page.getByRole('button', { name: 'Being converted' }).click()
    const why = page.getByRole('dialog', { name: 'Why is this being converted?' })
    await expect(why).toContainText('This device does not play HEVC video.')
    await expect(why).toContainText('This device does not play Dolby Digital sound.')
    await expect(why.getByRole('row', { name: 'Picture' })).toContainText('H.264 720p')
    await page.keyboard.press('Escape')
    await expect(why).toBeHidden()
  })

  await inHouse.step('far ahead, and back', async () => {
    await page.keyboard.press('9')
    await expectPlaying(page, 540)
    await page.keyboard.press('1')
    await expect.poll(() => place(page)).toBeLessThan(540)
    const back = await expectPlaying(page, 60)
    expect(back).toBeLessThan(90)
    await page.getByRole('slider', { name: 'Place in the film' }).hover({ position: { x: 10, y: 10 } })
    await page.keyboard.press('Home')
    await expect.poll(() => place(page)).toBeLessThan(60)
    expect(await expectPlaying(page)).toBeLessThan(30)
  })
})

inHouse('audio and subtitles are switched while it plays', async ({ page }) => {
  await play(page, 'Films', 'Two Voices')
  await expectPlaying(page)
  await expect.poll(() => pitch(page)).toBeCloseTo(330, -2)

  await page.keyboard.press('Space')
  const before = await place(page)
  await page.getByRole('button', { name: 'Audio and subtitles' }).click()
  const menu = page.getByRole('dialog', { name: 'Audio and subtitles' })
  await menu
    .getByRole('radiogroup', { name: 'Audio' })
    .getByRole('radio', { name: /German/ })
    .click()
  await expect(menu.getByRole('radio', { name: /German/ }).first()).toBeChecked()
  await menu
    .getByRole('radiogroup', { name: 'Subtitles', exact: true })
    .getByRole('radio', { name: /German/ })
    .click()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await page.keyboard.press('k')
  await expectPlaying(page, before - 1)
  await expect.poll(() => pitch(page)).toBeCloseTo(660, -2)

  await page.keyboard.press('Home')
  await page.keyboard.press('l')
  await expect(page.getByText('Wechsle die Rolle.')).toBeVisible()
  await page.keyboard.press('k')
  await page.getByRole('button', { name: 'Audio and subtitles' }).click()
  await menu.getByRole('radio', { name: 'Off' }).click()
  await expect(page.getByText('Wechsle die Rolle.')).toBeHidden()
})

inHouse('an old AVI plays to its end and counts as watched', async ({ page }) => {
  await play(page, 'Films', 'Old Reel')
  await expectPlaying(page)
  await page.keyboard.press('9')
  await expectPlaying(page, 27)
  await expect.poll(() => page.locator('video').evaluate(element => (element as HTMLVideoElement).ended)).toBe(true)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Mark “Old Reel” as unwatched' })).toBeVisible()
})

const muted = (page: Page) => page.locator('video').evaluate(element => (element as HTMLVideoElement).muted)

/** The loudest frequency of what the film sounds like, in hertz. */
const pitch = (page: Page) =>
  page.locator('video').evaluate(async element => {
    const stream = (element as HTMLVideoElement & { captureStream(): MediaStream }).captureStream()
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192 })
    context.createMediaStreamSource(stream).connect(analyser)
    const levels = new Float32Array(analyser.frequencyBinCount)
    const listenUntil = context.currentTime + 0.5
    while (context.currentTime < listenUntil) await new Promise(requestAnimationFrame)
    analyser.getFloatFrequencyData(levels)
    await context.close()
    return (levels.indexOf(Math.max(...levels)) * context.sampleRate) / analyser.fftSize
  })
