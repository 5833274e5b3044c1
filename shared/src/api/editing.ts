import { z } from 'zod'
import { ById, endpoint } from './endpoint.js'

const words = (most: number) => z.array(z.string().trim().min(1).max(200)).max(most)

/** What a person may write of an item, over what files and sources say. */
export const editableFields = z.strictObject({
  title: z.string().trim().min(1).max(500),
  sortTitle: z.string().trim().min(1).max(500),
  originalTitle: z.string().trim().min(1).max(500),
  year: z.int().min(1000).max(9999),
  releasedOn: z.iso.date(),
  takenAt: z.iso.datetime({ local: true, offset: false, precision: 0 }),
  tagline: z.string().trim().min(1).max(500),
  overview: z.string().trim().min(1).max(20_000),
  genres: words(50),
  tags: words(200),
  studios: words(50),
  /** The public's rating from 0 to 10. */
  rating: z.number().min(0).max(10),
  contentRating: z.string().trim().min(1).max(50),
  seasonNumber: z.int().min(0).max(100_000),
  episodeNumber: z.int().min(0).max(100_000),
  discNumber: z.int().min(1).max(1000),
  trackNumber: z.int().min(0).max(100_000),
})
export type EditableName = keyof z.infer<typeof editableFields>
export const editableNames = Object.keys(editableFields.shape) as readonly EditableName[]

type Nullable<T> = { [K in keyof T]?: T[K] | null | undefined }
/** New values by field; null gives a field back to its source. */
export type Edits = Nullable<z.infer<typeof editableFields>>
export const Edits = z.strictObject(
  Object.fromEntries(Object.entries(editableFields.shape).map(([name, shape]) => [name, (shape as z.ZodType).nullable().optional()])),
) as unknown as z.ZodType<Edits>

const Lists = z.strictObject({ genres: words(50).optional(), tags: words(50).optional(), studios: words(50).optional() })
export type ListName = keyof z.infer<typeof Lists>

/** What stands in a field, whether a person wrote it, and what the source with the last word says beside them. */
export const FieldState = z.object({ value: z.json(), edited: z.boolean(), source: z.object({ name: z.string(), value: z.json() }).nullable() })
export type FieldState = z.infer<typeof FieldState>

export const getItemFields = endpoint({
  method: 'GET', path: '/items/:id/fields', access: 'admin', summary: 'What can be edited of an item, and where it comes from', params: ById,
  response: z.object({ fields: z.record(z.string(), FieldState) }), errors: ['item-not-found'],
})

/** `id` is the cause of all that was edited: what undo takes back. `missing`: items there are not, or not for this person. */
export const editItems = endpoint({
  method: 'POST', path: '/edits', access: 'admin', summary: 'Write fields of one item or of many',
  body: z.object({
    items: z.array(z.uuid()).min(1).max(5000),
    fields: Edits.default({}),
    /** To and from lists as they are for each item. */
    add: Lists.optional(),
    remove: Lists.optional(),
  }),
  response: z.object({ id: z.uuid(), changed: z.int(), unchanged: z.int(), missing: z.int() }),
  errors: ['item-not-found'],
})
