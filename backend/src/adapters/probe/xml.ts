export interface XmlElement {
  /** In lower case. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Its own text, without that of its children. */
  readonly text: string
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<![^>]*>|<(\/?)([\p{L}_][\p{L}\p{N}_.:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|[^<]+|</gu
const ATTRIBUTE = /([\p{L}_][\p{L}\p{N}_.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu
const DEEPEST = 40
const MOST = 20_000

/**
 * Reads the elements of XML as people and programs write it into NFO files: several roots, text around them, stray `&`, tags
 * that are never closed. Knows the five entities of XML and no others: a document can define none, so none can blow up.
 * Never throws; stops after 20,000 elements.
 */
export function readXml(text: string): readonly XmlElement[] {
  interface Open {
    readonly name: string
    readonly attributes: Readonly<Record<string, string>>
    readonly children: XmlElement[]
    text: string
  }
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open: Open[] = [root]
  let elements = 0
  const close = (): void => {
    const { name, attributes, children, text: own } = open.pop()!
    open.at(-1)!.children.push({ name, attributes, children, text: own.trim() })
  }
  for (const token of text.matchAll(TOKEN)) {
    const [all, cdata, ending, tag, attributes, empty] = token
    const here = open.at(-1)!
    if (tag === undefined) {
      if (cdata !== undefined) here.text += cdata
      else if (!/^<[!?]/.test(all)) here.text += unescaped(all)
      continue
    }
    const name = tag.toLowerCase()
    if (ending === '/') {
      const at = open.findLastIndex(one => one.name === name)
      while (at > 0 && open.length > at) close()
      continue
    }
    if (++elements > MOST) break
    open.push({ name, attributes: attributesIn(attributes ?? ''), children: [], text: '' })
    if (empty === '/' || open.length > DEEPEST) close()
  }
  while (open.length > 1) close()
  return root.children
}

function attributesIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name!.toLowerCase(), unescaped(double ?? single ?? '')]))
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : all
  })
}
