import { asItWasPath } from '../../lib/paths.js'

const categories: Readonly<Record<string, string>> = {
  item: 'Item',
  library: 'Library',
  user: 'Person',
  scan: 'Scan',
  playback: 'Playing',
  transcode: 'Conversion',
}

export const categoryWords = (category: string): string => categories[category] ?? category

interface Subject {
  readonly category: string
  readonly id: string
  readonly title: string | null
}

/** What a subject goes by: its title of today, or what kind of thing it was. */
export const subjectWords = ({ category, title }: Subject): string =>
  title === null ? `${categoryWords(category)} that is no more` : category === 'scan' ? `Scan of ${title}` : title

/** Its page at a moment. */
export const subjectPath = ({ category, id }: Pick<Subject, 'category' | 'id'>, at?: string): string =>
  asItWasPath(category, id, at)
