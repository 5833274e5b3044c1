import type { Device } from '@projectionist/shared/api/accounts'
import { randomId } from './exclusive.js'

/** This browser as a device: an id it made for itself and keeps, and a name a person recognises. */
export function thisDevice(): Device {
  let id = localStorage.getItem('device')
  if (!id) localStorage.setItem('device', (id = randomId()))
  return { id, name: deviceName(navigator.userAgent) }
}

/** `Chrome on Windows`, `Safari on iPhone`, from a user agent string. */
export function deviceName(userAgent: string): string {
  const find = (names: readonly (readonly [RegExp, string])[], otherwise: string) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? otherwise
  const browser = find(
    [
      [/SamsungBrowser/, 'Samsung Internet'],
      [/Edg\//, 'Edge'],
      [/OPR\//, 'Opera'],
      [/Firefox|FxiOS/, 'Firefox'],
      [/Chrome|CriOS/, 'Chrome'],
      [/Safari/, 'Safari'],
    ],
    'Browser',
  )
  const system = find(
    [
      [/iPhone/, 'iPhone'],
      [/iPad/, 'iPad'],
      [/Web0S|webOS/, 'LG TV'],
      [/Tizen/, 'Samsung TV'],
      [/Android/, 'Android'],
      [/Windows/, 'Windows'],
      [/Mac OS X/, 'Mac'],
      [/CrOS/, 'ChromeOS'],
      [/Linux/, 'Linux'],
    ],
    '',
  )
  return system ? `${browser} on ${system}` : browser
}
