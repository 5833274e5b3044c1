import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Relative luminance and contrast by WCAG 2.2. */
const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map(at => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')
const tokensOf = (theme: string) => {
  const block = css.slice(css.indexOf(`[data-theme='${theme}']`)).match(/\{([^}]*)\}/)![1]!
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]))
}

const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3']
const texts = ['ink-1', 'ink-2', 'ink-3', 'accent-ink', 'loss', 'good']
const pairs = [
  ...surfaces.flatMap(surface => texts.map(text => [text, surface, 4.5] as const)),
  ['on-accent', 'accent', 4.5] as const,
  ['on-accent', 'accent-strong', 4.5] as const,
  ['on-loss', 'loss-fill', 4.5] as const,
  // Edges of controls and the focus ring are graphics: 3 to 1.
  ...surfaces.slice(0, 3).map(surface => ['control-line', surface, 3] as const),
]

describe.each(['dark', 'light'])('%s theme', theme => {
  const tokens = tokensOf(theme)
  test.each(pairs)('%s on %s has contrast of at least %d', (front, back, least) => {
    expect(contrast(tokens.get(front)!, tokens.get(back)!)).toBeGreaterThanOrEqual(least)
  })
})
