import { editableFields, type EditableName, type Edits, type FieldState } from '@projectionist/shared/api/editing'
import type { ItemKind } from '@projectionist/shared/events/media'

export interface Field {
  readonly name: EditableName
  readonly label: string
  readonly form: 'line' | 'lines' | 'words' | 'number' | 'date'
  readonly hint?: string
}

const fields: readonly Field[] = [
  { name: 'title', label: 'Title', form: 'line' },
  { name: 'sortTitle', label: 'Sort title', form: 'line', hint: 'Where it stands in lists' },
  { name: 'originalTitle', label: 'Original title', form: 'line' },
  { name: 'year', label: 'Year', form: 'number' },
  { name: 'releasedOn', label: 'Released', form: 'date' },
  { name: 'seasonNumber', label: 'Season', form: 'number' },
  { name: 'episodeNumber', label: 'Episode', form: 'number' },
  { name: 'discNumber', label: 'Disc', form: 'number' },
  { name: 'trackNumber', label: 'Track', form: 'number' },
  { name: 'tagline', label: 'Tagline', form: 'line' },
  { name: 'overview', label: 'Description', form: 'lines' },
  { name: 'genres', label: 'Genres', form: 'words' },
  { name: 'tags', label: 'Tags', form: 'words' },
  { name: 'studios', label: 'Studios', form: 'words' },
  { name: 'rating', label: 'Rating, 0 to 10', form: 'number' },
  { name: 'contentRating', label: 'Age rating', form: 'line', hint: 'As printed: PG-13, FSK 16' },
]

const numbersOf: Readonly<Partial<Record<EditableName, readonly ItemKind[]>>> = {
  seasonNumber: ['season', 'episode'],
  episodeNumber: ['episode'],
  discNumber: ['track'],
  trackNumber: ['track'],
}
const filmic: readonly ItemKind[] = ['film', 'series', 'season', 'episode', 'video']
const onlyFilmic: readonly EditableName[] = ['originalTitle', 'tagline', 'studios', 'contentRating']

/** What can be written of an item of this kind. */
export const fieldsOf = (kind: ItemKind): readonly Field[] =>
  fields.filter(({ name }) => numbersOf[name]?.includes(kind) ?? (!onlyFilmic.includes(name) || filmic.includes(kind)))

/** What can be written of many at once: what several may have in common. */
export const commonFields = (kinds: readonly ItemKind[]): readonly Field[] =>
  fields.filter(
    ({ name, form }) =>
      form !== 'words' &&
      !numbersOf[name] &&
      ['year', 'releasedOn', 'rating', 'contentRating'].includes(name) &&
      kinds.every(kind => fieldsOf(kind).some(field => field.name === name)),
  )

/** What stands in a form: text for all but lists. */
export type Draft = string | readonly string[]

export const draftOf = (value: FieldState['value'] | undefined, form: Field['form']): Draft =>
  form === 'words' ? (Array.isArray(value) ? value.map(String) : []) : value === null || value === undefined ? '' : String(value)

/** The value of what was typed; undefined where it is none: then `problem` says why. An empty field is given back to its source. */
export function valueOf(
  { name, form }: Field,
  draft: Draft,
): { readonly value: Edits[EditableName] } | { readonly problem: string } {
  if (typeof draft !== 'string') return check(name, draft)
  const text = draft.trim()
  if (text === '') return { value: null }
  return check(name, form === 'number' ? Number(text.replace(',', '.')) : text)
}

function check(name: EditableName, value: unknown): ReturnType<typeof valueOf> {
  const parsed = editableFields.shape[name].safeParse(value)
  if (parsed.success) return { value: parsed.data as Edits[EditableName] }
  return { problem: problems[name] ?? 'This cannot stand here' }
}

const problems: Readonly<Partial<Record<EditableName, string>>> = {
  year: 'A year of four digits',
  rating: 'A number from 0 to 10',
  seasonNumber: 'A whole number',
  episodeNumber: 'A whole number',
  discNumber: 'A whole number from 1',
  trackNumber: 'A whole number',
}

/** How a value reads where it is only told. */
export const valueWords = (value: FieldState['value'] | undefined): string =>
  value === null || value === undefined
    ? 'nothing'
    : Array.isArray(value)
      ? value.join(', ') || 'nothing'
      : typeof value === 'object'
        ? '…'
        : String(value)

const sourceNames: Readonly<Record<string, string>> = {
  tmdb: 'TMDb',
  musicbrainz: 'MusicBrainz',
  nfo: 'the NFO file',
  folder: 'the folder',
  file: 'the file',
  group: 'the folder',
}
export const sourceWords = (name: string): string => sourceNames[name] ?? name
