import { expect, test } from './fixtures.js'

test('a new program leads to set-up and asks for its code @everywhere', async ({ page, program }) => {
  const health = await page.request.get('/api/health')
  expect(await health.json()).toMatchObject({ status: 'ready', setUp: false })
  await page.goto('/')
  await expect(page).toHaveURL(/\/setup/)
  expect((await program.setupCode()).length).toBeGreaterThanOrEqual(16)
})
