import { thumbHashToDataURL } from 'thumbhash'

const kept = new Map<string, string>()
const most = 600

/** The blurred placeholder of a picture as a data address; empty for a hash that is none. The latest few hundred are kept. */
export function placeholderOf(thumbhash: string): string {
  const known = kept.get(thumbhash)
  if (known !== undefined) return known
  let url = ''
  try {
    url = thumbhash ? thumbHashToDataURL(Uint8Array.from(atob(thumbhash), character => character.charCodeAt(0))) : ''
  } catch {
    url = ''
  }
  if (kept.size >= most) kept.delete(kept.keys().next().value!)
  kept.set(thumbhash, url)
  return url
}
