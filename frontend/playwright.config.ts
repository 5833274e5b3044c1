import { defineConfig } from '@playwright/test'
import { findChromium, flags } from './e2e/chromium.mjs'

const { path, env } = await findChromium()

/** Journeys run on a laptop's screen; those with `@everywhere` in their name also on a phone's and a television's. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    launchOptions: { executablePath: path, args: [...flags], env: { ...(process.env as Record<string, string>), ...env } },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  },
  projects: [
    { name: 'laptop', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      grep: /@everywhere/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
    { name: 'tv', grep: /@everywhere/, use: { viewport: { width: 1920, height: 1080 } } },
  ],
})
