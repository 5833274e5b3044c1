import { isDeepStrictEqual } from 'node:util'
import {
  ArtworkChosen, ArtworkNotFound, GroupIdentified, MediaFileMoved, MediaFileRemoved, MediaIngested, MetadataEdited, MetadataMatched, type ItemEvent,
} from '@projectionist/shared/events/item'
import { Metadata, type Artwork } from '@projectionist/shared/events/media'
import { Command, DomainError, type Decider, type Irrevertible } from '../../platform/eventing/decider.js'

type DataOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { type: Type }>['data']
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
interface Item {
  readonly itemId: string
}

/** A file named a group. What is known of it already stays; what is new is added. `nfo`: what an NFO in its folder says. */
export class IdentifyGroup extends Command<'IdentifyGroup', Item & DataOf<'GroupIdentified'> & { readonly nfo?: Metadata | undefined }> {
  readonly type = 'IdentifyGroup'
}

/**
 * A file was looked into and belongs to this item. `nfo` is what the NFO beside it says, null when there is none. `known`:
 * the item is there already, so its stream has to be read.
 */
export class IngestMedia extends Command<
  'IngestMedia',
  Item & DataOf<'MediaIngested'> & { readonly nfo?: Metadata | null | undefined; readonly known?: boolean | undefined }
> {
  readonly type = 'IngestMedia'
}
export class MoveMediaFile extends Command<'MoveMediaFile', Item & DataOf<'MediaFileMoved'>> {
  readonly type = 'MoveMediaFile'
}
export class RemoveMediaFile extends Command<'RemoveMediaFile', Item & DataOf<'MediaFileRemoved'>> {
  readonly type = 'RemoveMediaFile'
}
export class MatchMetadata extends Command<'MatchMetadata', Item & DataOf<'MetadataMatched'>> {
  readonly type = 'MatchMetadata'
}
/** A person writes fields of `Metadata`; null gives one back to the sources. */
export class EditMetadata extends Command<'EditMetadata', Item & DataOf<'MetadataEdited'>> {
  readonly type = 'EditMetadata'
}
export class ChooseArtwork extends Command<'ChooseArtwork', Item & Artwork> {
  readonly type = 'ChooseArtwork'
}
export class ReportArtworkNotFound extends Command<'ReportArtworkNotFound', Item & DataOf<'ArtworkNotFound'>> {
  readonly type = 'ReportArtworkNotFound'
}
export type ItemCommand =
  | IdentifyGroup | IngestMedia | MoveMediaFile | RemoveMediaFile | MatchMetadata | EditMetadata | ChooseArtwork | ReportArtworkNotFound

export interface ItemState {
  readonly group: DataOf<'GroupIdentified'> | undefined
  /** Files there are, by id. */
  readonly files: ReadonlyMap<string, DataOf<'MediaIngested'>>
  /** Whether it ever was anything. */
  readonly known: boolean
  readonly matched: ReadonlyMap<string, DataOf<'MetadataMatched'>>
  /** What a person wrote in each field, oldest first. */
  readonly edits: Readonly<Record<string, readonly Json[]>>
  readonly artwork: ReadonlyMap<string, Artwork>
  readonly notFound: DataOf<'ArtworkNotFound'> | undefined
}

const fromFiles: Irrevertible = { never: 'This follows from the files themselves and comes back with the next scan.' }

/** An item of the catalogue: a work with its files and what is known of it, or a group of works. */
export const item: Decider<ItemState, ItemCommand, ItemEvent> = {
  category: 'item',
  streamId: ({ data }) => `item-${data.itemId}`,
  initial: { group: undefined, files: new Map(), known: false, matched: new Map(), edits: {}, artwork: new Map(), notFound: undefined },
  starts: command => command.type === 'IngestMedia' && command.data.known !== true,

  decide(command, state) {
    switch (command.type) {
      case 'IdentifyGroup':
        return identifyGroup(command.data, state)
      case 'IngestMedia':
        return ingest(command.data, state)
      case 'MoveMediaFile': {
        const { file, scanId } = command.data
        const known = state.files.get(file.fileId)
        return known && !isDeepStrictEqual(known.file, file) ? [MediaFileMoved({ file, ...(scanId !== undefined && { scanId }) })] : []
      }
      case 'RemoveMediaFile': {
        const { fileId, scanId } = command.data
        if (!state.files.has(fileId)) return []
        return [MediaFileRemoved({ fileId, ...(scanId !== undefined && { scanId }) }), ...withdrawNfo(state, fileId)]
      }
      case 'MatchMetadata': {
        if (!state.known) throw new DomainError('item-not-found')
        const { itemId: _, ...matched } = command.data
        return isDeepStrictEqual(state.matched.get(matched.source), matched) ? [] : [MetadataMatched(matched)]
      }
      case 'EditMetadata': {
        if (!state.known) throw new DomainError('item-not-found')
        const news = Object.entries(command.data.fields).filter(([name, value]) => checked(name, value as Json) && !isDeepStrictEqual(written(state, name), value))
        const fields = Object.fromEntries(news)
        return Object.keys(fields).length > 0 ? [MetadataEdited({ fields })] : []
      }
      case 'ChooseArtwork': {
        if (!state.known) throw new DomainError('item-not-found')
        const { itemId: _, ...artwork } = command.data
        return isDeepStrictEqual(state.artwork.get(artwork.role), artwork) ? [] : [ArtworkChosen(artwork)]
      }
      case 'ReportArtworkNotFound': {
        if (!state.known) throw new DomainError('item-not-found')
        const { fileId, detail } = command.data
        const report = { detail: detail.slice(0, 500), ...(fileId !== undefined && { fileId }) }
        return isDeepStrictEqual(state.notFound, report) ? [] : [ArtworkNotFound(report)]
      }
      default:
        return command satisfies never
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'GroupIdentified':
        return { ...state, known: true, group: event.data }
      case 'MediaIngested': {
        const files = new Map(state.files)
        if (event.data.replaces !== undefined) files.delete(event.data.replaces)
        return { ...state, known: true, files: files.set(event.data.file.fileId, event.data), notFound: undefined }
      }
      case 'MediaFileMoved': {
        const known = state.files.get(event.data.file.fileId)
        return known ? { ...state, files: new Map(state.files).set(known.file.fileId, { ...known, file: event.data.file }) } : state
      }
      case 'MediaFileRemoved': {
        const files = new Map(state.files)
        files.delete(event.data.fileId)
        return { ...state, files }
      }
      case 'MetadataMatched':
        return { ...state, matched: new Map(state.matched).set(event.data.source, event.data) }
      case 'MetadataEdited': {
        const edits = { ...state.edits }
        for (const [name, value] of Object.entries(event.data.fields)) edits[name] = [...(edits[name] ?? []), value as Json]
        return { ...state, edits }
      }
      case 'ArtworkChosen':
        return { ...state, artwork: new Map(state.artwork).set(event.data.role, event.data), notFound: undefined }
      case 'ArtworkNotFound':
        return { ...state, notFound: event.data }
      default:
        return state
    }
  },

  reverts: {
    GroupIdentified: fromFiles,
    MediaIngested: fromFiles,
    MediaFileMoved: fromFiles,
    MediaFileRemoved: fromFiles,
    MetadataMatched: fromFiles,
    MetadataEdited({ data }, { edits }) {
      const before: Record<string, Json> = {}
      for (const [name, value] of Object.entries(data.fields)) {
        const written = edits[name] ?? []
        if (!isDeepStrictEqual(written.at(-1), value)) return { conflict: `The field ${name} was written again since.` }
        before[name] = written.at(-2) ?? null
      }
      return [MetadataEdited({ fields: before as DataOf<'MetadataEdited'>['fields'] })]
    },
    ArtworkChosen: fromFiles,
    ArtworkNotFound: fromFiles,
  },
}

const written = (state: ItemState, name: string): Json => state.edits[name]?.at(-1) ?? null

/** Throws `invalid-request` for a field there is none of, or a value it cannot have. */
function checked(name: string, value: Json): boolean {
  const shape = Metadata.shape as Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>>
  if (!Object.hasOwn(shape, name)) throw new DomainError('invalid-request', `There is no field ${name}`)
  if (value !== null && !shape[name]!.safeParse(value).success) throw new DomainError('invalid-request', `${name} cannot be ${JSON.stringify(value)}`)
  return true
}

function identifyGroup({ itemId: _, nfo, ...told }: IdentifyGroup['data'], { group, matched }: ItemState): readonly ItemEvent[] {
  const now = { ...told, ...(group?.parentId !== undefined && { parentId: group.parentId }), metadata: { ...told.metadata, ...group?.metadata } }
  return [
    ...(isDeepStrictEqual(group, now) ? [] : [GroupIdentified(now)]),
    ...(nfo && !isDeepStrictEqual(matched.get('nfo')?.metadata, nfo) ? [MetadataMatched({ source: 'nfo', metadata: nfo })] : []),
  ]
}

function ingest({ itemId: _, known: __, nfo = null, ...told }: IngestMedia['data'], state: ItemState): readonly ItemEvent[] {
  const { file, replaces, scanId } = told
  const known = state.files.get(file.fileId)
  const gone = replaces !== undefined && replaces !== file.fileId && state.files.has(replaces)
  const { replaces: ___, ...kept } = told
  return [...fact(), ...matchNfo(state, file.fileId, gone ? replaces : undefined, nfo)]

  function fact(): readonly ItemEvent[] {
    if (!known || gone) return [MediaIngested(gone ? told : kept)]
    const same = { ...known, file, scanId: undefined, replaces: undefined }
    if (!isDeepStrictEqual(clean(same), clean({ ...kept, scanId: undefined }))) return [MediaIngested(kept)]
    return isDeepStrictEqual(known.file, file) ? [] : [MediaFileMoved({ file, ...(scanId !== undefined && { scanId }) })]
  }
}
const clean = (data: object): object => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))

/** NFO files speak for the item, each from beside one of its files; the latest has the word until its file or itself is gone. */
function matchNfo(state: ItemState, fileId: string, replaced: string | undefined, nfo: Metadata | null): readonly ItemEvent[] {
  if (nfo) {
    const matched = { source: 'nfo' as const, metadata: nfo, fileId }
    return isDeepStrictEqual(state.matched.get('nfo'), matched) ? [] : [MetadataMatched(matched)]
  }
  return [...withdrawNfo(state, fileId), ...(replaced === undefined ? [] : withdrawNfo(state, replaced))]
}

function withdrawNfo({ matched }: ItemState, fileId: string): readonly ItemEvent[] {
  const nfo = matched.get('nfo')
  return nfo?.fileId === fileId && Object.keys(nfo.metadata).length > 0 ? [MetadataMatched({ source: 'nfo', metadata: {}, fileId })] : []
}
