import { createKeptStore } from './store.js'

/** What a person chose for this browser. */
export interface Preferences {
  readonly theme: 'system' | 'dark' | 'light'
  readonly density: 'comfortable' | 'compact'
  readonly motion: 'system' | 'reduced'
  /** `television` is the layout for ten feet away: larger, five-way keys, no hover. */
  readonly display: 'automatic' | 'desk' | 'television'
}

export const preferences = createKeptStore<Preferences>('preferences', {
  theme: 'system',
  density: 'comfortable',
  motion: 'system',
  display: 'automatic',
})

/** What the choices come to on this device, as attributes of the document's root. */
export interface Appearance {
  readonly theme: 'dark' | 'light'
  readonly density: 'comfortable' | 'compact'
  readonly motion: 'full' | 'reduced'
  readonly display: 'desk' | 'television'
}

const media = {
  light: '(prefers-color-scheme: light)',
  reduced: '(prefers-reduced-motion: reduce)',
  television: '(min-width: 1800px) and (pointer: none), (min-width: 1800px) and (pointer: coarse) and (hover: none)',
} as const

/** Resolves choices against what the system asks for. */
export const appearanceOf = (chosen: Preferences, system: Readonly<Record<keyof typeof media, boolean>>): Appearance => ({
  theme: chosen.theme === 'system' ? (system.light ? 'light' : 'dark') : chosen.theme,
  density: chosen.density,
  motion: chosen.motion === 'reduced' || system.reduced ? 'reduced' : 'full',
  display: chosen.display === 'automatic' ? (system.television ? 'television' : 'desk') : chosen.display,
})

/** Puts the appearance on the document and keeps it there as choices and system change. Call once, before the first paint. */
export function applyPreferences(): void {
  const lists = Object.fromEntries(Object.entries(media).map(([name, query]) => [name, matchMedia(query)])) as Record<
    keyof typeof media,
    MediaQueryList
  >
  const apply = () => {
    const system = { light: lists.light.matches, reduced: lists.reduced.matches, television: lists.television.matches }
    const appearance = appearanceOf(preferences.get(), system)
    Object.assign(document.documentElement.dataset, appearance)
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]'))
      meta.content = appearance.theme === 'dark' ? '#0e0d0c' : '#f8f6f2'
  }
  apply()
  preferences.watch(apply)
  for (const list of Object.values(lists)) list.addEventListener('change', apply)
}

export const isTelevision = () => document.documentElement.dataset['display'] === 'television'
