/** Words of release names, and how to get titles out of them. Pure text, no file system. */

const RESOLUTION = String.raw`\d{3,4}[pi](?:\d\d)?|[48]k|uhd|fullhd|fhd|(?:1920|1280|3840|720|640)x\d{3,4}`
const SOURCE = String.raw`blu-?ray|b[dr]-?rip|bdremux|bd25|bd50|bdmv|web-?dl(?:rip)?|web-?rip|webhd|web-?cap|hdtv(?:rip)?|pdtv|sdtv|dsr(?:ip)?|tv-?rip|sat-?rip|dvb-?rip|dvd-?rip|dvd-?scr|dvdr|dvd[59]|hd-?rip|hddvd|hd-?cam|hd-?ts|cam-?rip|telesync|telecine|vhs-?rip|vod-?rip|remux|screener|ppv-?rip`
const CODEC = String.raw`[xh][ .]?26[345]|hevc|avc|xvid|divx|av1|vp9|vc-?1|mpeg-?[24]|10-?bits?|8-?bits?|hi10p?|hdr10(?:\+|plus)?|hdr|dolby[ .]?vision|dovi|dv|sdr|hlg|aac(?:[ .]?[257][ .][01])?|e?ac-?3|ddp?(?:a?[257][ .][01])|dd\+?[257][ .][01]|dts(?:-?(?:hd|x|es))?|truehd|atmos|flac|opus|mp3|lpcm|[257][ .][01]ch`
const STRONG = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${RESOLUTION}|${SOURCE}|${CODEC})(?![\p{L}\p{N}])`, 'iu')

const WEAK = new Set(
  ('proper repack real rerip internal limited festival retail readnfo nfofix subbed dubbed dl ml dual multi multisub multisubs hybrid complete ' +
    'read nfo web cam ts tc scr r5 hc amzn nf dsnp hmax hulu atvp pcok itunes max stan untouched custom ' +
    'german french truefrench english spanish italian ita eng ger deu fra fre esp spa castellano latino rus russian hindi tamil telugu japanese jpn ' +
    'korean kor chinese chi dutch nl nordic swedish danish norwegian finnish polish pldub vostfr vff vfq vf2 vfi vo vost subfrench dublado legendado ' +
    'subs sub ac3d md ld hq hevc10 by').split(' '),
)

const EDITIONS: readonly (readonly [RegExp, string])[] = [
  [/director['’]?s[ .]?(?:cut|edition|version)/i, 'Director’s Cut'],
  [/ultimate[ .]extended[ .](?:cut|edition)/i, 'Ultimate Extended Edition'],
  [/extended[ .](?:director['’]?s[ .]cut|cut|edition|version|remastered)|\bextended\b/i, 'Extended'],
  [/theatrical(?:[ .](?:cut|edition|version|release))?/i, 'Theatrical'],
  [/unrated(?:[ .](?:cut|edition|version))?/i, 'Unrated'],
  [/\buncut\b/i, 'Uncut'],
  [/\bfinal[ .]cut\b/i, 'Final Cut'],
  [/\bultimate[ .](?:cut|edition)\b/i, 'Ultimate Edition'],
  [/\bspecial[ .]edition\b/i, 'Special Edition'],
  [/\bcollector['’]?s[ .]edition\b/i, 'Collector’s Edition'],
  [/\bcriterion(?:[ .](?:collection|edition))?\b/i, 'Criterion'],
  [/\b\d{1,3}(?:th|st|nd|rd)[ .]anniversary(?:[ .]edition)?\b/i, 'Anniversary Edition'],
  [/\bremaster(?:ed)?\b/i, 'Remastered'],
  [/\bdespecialized(?:[ .]edition)?\b/i, 'Despecialized'],
  [/\bredux\b/i, 'Redux'],
  [/\bimax(?:[ .](?:edition|enhanced))?\b/i, 'IMAX'],
  [/\bopen[ .]?matte\b/i, 'Open Matte'],
  [/\bassembly[ .]cut\b/i, 'Assembly Cut'],
  [/\bblack[ .](?:and|&)[ .](?:white|chrome)(?:[ .]edition)?\b/i, 'Black and White'],
  [/\bfan[ .]?edit\b/i, 'Fan Edit'],
  [/\b(?:half|h|full)?-?(?:sbs|ou)\b|\b3d\b/i, '3D'],
]
const FOUR_K = /(?<![\p{L}\p{N}])(?:2160p|4k|uhd)(?![\p{L}\p{N}])/iu

/** Named versions in the words that follow a title: `Director’s Cut`, `IMAX`, `4K`; undefined when there is none. */
export function editionIn(words: string): string | undefined {
  const found = EDITIONS.filter(([pattern]) => pattern.test(words)).map(([, name]) => name)
  const named = found.filter(name => !found.some(other => other !== name && other.includes(name)))
  if (FOUR_K.test(words)) named.push('4K')
  return named.length > 0 ? named.join(' ') : undefined
}

/** Place of the first word that belongs to a release and never to a title; -1 when there is none. */
export const releaseWordAt = (text: string): number => STRONG.exec(text)?.index ?? -1

/** Takes off words such as `German DL` or `PROPER` that stand between a title and its release words. */
export function withoutWeakWords(title: string): string {
  const words = title.split(' ')
  while (words.length > 1) {
    const last = words.at(-1)!.toLowerCase()
    if (!WEAK.has(last) && !EDITIONS.some(([pattern]) => new RegExp(`^(?:${pattern.source})$`, 'i').test(last))) break
    words.pop()
  }
  return words.join(' ')
}

/**
 * Dots and underscores as spaces, where they stand for spaces: in a name without spaces, or with dots between words
 * throughout. Initials keep their dots: `S.W.A.T.`, `E.T.`
 */
export function spaced(text: string): string {
  const dots = (text.match(/[._]/g) ?? []).length
  const spaces = (text.match(/ /g) ?? []).length
  const underscored = text.replaceAll('_', ' ')
  if (dots === 0 || (spaces > 0 && dots <= spaces * 2)) return tidy(underscored)
  const kept = underscored.replace(/(?<![\p{L}\p{N}])\p{L}(?:\.\p{L}(?![\p{L}\p{N}]))+\.?/gu, initials => {
    const letters = initials.split('.').filter(Boolean)
    // `A.I.` and `S.W.A.T.` are initials; `I.A` at a word's border is more likely two words.
    return letters.length >= 2 && letters.every(letter => letter === letter.toUpperCase()) ? ` ${letters.join('\0')}\0 ` : initials
  })
  return tidy(kept.replace(/(?<!\s)\.(?!\s)|\.(?=\s|$)/g, ' ').replaceAll('\0', '.'))
}

/** One space between words, none at the ends, no dangling punctuation or open brackets. */
export function tidy(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\-–_,+~]+|[\s\-–_,+~([{]+$/gu, '')
    .replace(/\(\s*\)|\[\s*\]|\{\s*\}/g, '')
    .trim()
}

/** `the matrix` as `The Matrix`; anything with a capital, or in a script without, stays. */
export function titled(text: string): string {
  if (text !== text.toLowerCase()) return text
  return text.replace(/(?<![\p{L}\p{N}'’])\p{Ll}/gu, (letter, at: number) =>
    at > 0 && /^(?:a|an|and|as|at|by|for|in|of|on|or|the|to|vs|with|und|der|die|das|de|la|le|les|et|du|des|el|y)\b/.test(text.slice(at)) ? letter : letter.toUpperCase(),
  )
}

/** What two spellings of one title have in common: letters and digits of any script, without accents, case and spaces. */
export function titleKey(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('&', 'and')
  const key = folded.replace(/[^\p{L}\p{N}\p{M}]/gu, '').normalize('NFC')
  return key === '' ? title.trim().toLowerCase() : key
}
