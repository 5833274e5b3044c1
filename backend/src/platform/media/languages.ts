const CODES = (
  'af sq ar hy az eu be bn bs bg ca zh hr cs da nl en et fi fr gl ka de el he hi hu is id ga it ja kn kk ko lv lt mk ms ml mt mr mn ne no nb nn fa ' +
  'pl pt pa ro ru sr si sk sl es sw sv tl ta te th tr uk ur uz vi cy'
).split(' ')
const EXTRA: Readonly<Record<string, string>> = {
  brazilian: 'pt-BR', 'brazilian portuguese': 'pt-BR', 'portuguese brazilian': 'pt-BR', latino: 'es-419', 'latin american spanish': 'es-419', castilian: 'es',
  castellano: 'es', farsi: 'fa', chs: 'zh-Hans', cht: 'zh-Hant', 'simplified chinese': 'zh-Hans', 'traditional chinese': 'zh-Hant', mandarin: 'zh',
  cantonese: 'yue', flemish: 'nl-BE', norsk: 'no', gr: 'el', jp: 'ja', cz: 'cs', dk: 'da', se: 'sv', kr: 'ko', vn: 'vi', ua: 'uk', br: 'pt-BR', cn: 'zh', gre: 'el',
}
const names = new Map<string, string>(Object.entries(EXTRA))
for (const code of CODES) {
  for (const locale of ['en', code]) {
    const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(code)?.toLowerCase()
    if (name !== undefined && !names.has(name)) names.set(name, code)
  }
}
const known = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/**
 * The language a tag or word stands for, as BCP 47 in its shortest form: `ger`, `deu`, `German` and `Deutsch` are `de`.
 * Undefined for what is no language, and for `und`, `mul`, `zxx`.
 */
export function languageOf(text: string): string | undefined {
  const word = text.trim().toLowerCase()
  const named = names.get(word)
  if (named !== undefined) return named
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/.test(word) || /^(und|mul|zxx|mis)\b/.test(word)) return undefined
  try {
    const [tag] = Intl.getCanonicalLocales(word.replaceAll('_', '-'))
    return tag !== undefined && known.of(tag) !== undefined ? tag : undefined
  } catch {
    return undefined
  }
}
