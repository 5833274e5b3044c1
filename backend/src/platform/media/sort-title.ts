const ARTICLES =
  /^(?:(?:the|an?|der|das|dem|den|ein|eine|le|les|une|el|los|las|il|gli|lo|het|een|os|uma?|die|la|un)\s+|l['’]|d['’](?=\p{Lu}))(?=\S)/iu
/** Titles that begin with a word that is an article only in another language. */
const NO_ARTICLE =
  /^(?:die\s+(?:hard|another|alone|in|fighting|mommie|monster|young)|la\s+la|las\s+vegas|los\s+angeles|lo\s+(?:and|&)|den\s+of|a\s+(?:la|to)\s|an\s+die|het\s+up|un-)/iu
const ROMAN: Readonly<Record<string, number>> = { II: 2, III: 3, IV: 4, V: 5, VI: 6, VII: 7, VIII: 8, IX: 9, XI: 11, XII: 12, XIII: 13 }

/**
 * How a title sorts, for comparison as plain text: without its article (English, German, French, Spanish, Italian, Dutch,
 * Portuguese) and leading marks, without case and accents, numbers (Roman ones at the end, too) filled up to five digits.
 */
export function sortTitle(title: string): string {
  const text = title.normalize('NFKC').trim().replace(/^[\p{P}\p{S}\s]+(?=[\p{L}\p{N}])/u, '')
  const bare = NO_ARTICLE.test(text) ? text : text.replace(ARTICLES, '').replace(/^[\p{P}\p{S}\s]+(?=[\p{L}\p{N}])/u, '')
  const numbered = bare.replace(/(?<=\S\s)(?:II|III|IV|V|VI|VII|VIII|IX|XI|XII|XIII)(?=$|\s*[:\-–])/u, roman => String(ROMAN[roman]))
  const folded = numbered.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().normalize('NFC').replaceAll('ß', 'ss').replaceAll('æ', 'ae').replaceAll('ø', 'o')
  const sorted = folded
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/\p{Nd}+/gu, digits => (/^[0-9]+$/.test(digits) ? digits.replace(/^0+(?=\d)/, '').padStart(5, '0') : digits))
    .replace(/['’]/g, '')
    .replace(/\s+/g, ' ')
  return sorted === '' ? title : sorted
}
