import type { ItemEvent } from '@projectionist/shared/events/item'
import {
  ArtworkChosen,
  ArtworkNotFound,
  GroupIdentified,
  MediaFileMoved,
  MediaFileRemoved,
  MediaIngested,
  MetadataEdited,
  MetadataMatched,
} from '@projectionist/shared/events/item'
import type { Artwork } from '@projectionist/shared/events/media'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'

type DataOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { type: Type }>['data']
interface Item {
  readonly itemId: string
}

export class IdentifyGroup extends Command<'IdentifyGroup', Item & DataOf<'GroupIdentified'>> {
  readonly type = 'IdentifyGroup'
}
export class IngestMedia extends Command<'IngestMedia', Item & DataOf<'MediaIngested'>> {
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

interface Known {
  /** JSON of each file as it was ingested or moved last, by file id. */
  readonly files: ReadonlyMap<string, string>
  readonly ingested: ReadonlyMap<string, string>
  readonly matched: ReadonlyMap<string, string>
  readonly group: string | undefined
  readonly edited: Readonly<Record<string, unknown>>
  readonly artwork: ReadonlyMap<string, string>
  readonly artless: string | undefined
}
export type ItemState = Known | undefined

const nothing: Known = { files: new Map(), ingested: new Map(), matched: new Map(), group: undefined, edited: {}, artwork: new Map(), artless: undefined }

/** What is known of one item: the files it is made of, and what sources and people say of it. Saying it again changes nothing. */
export const item: Decider<ItemState, ItemCommand, ItemEvent> = {
  category: 'item',
  streamId: ({ data }) => `item-${data.itemId}`,
  initial: undefined,
  starts: ({ type }) => type === 'IdentifyGroup' || type === 'IngestMedia',

  decide(command, state) {
    const { itemId: _, ...data } = command.data
    if (command.type === 'IdentifyGroup') return state?.group === JSON.stringify(data) ? [] : [GroupIdentified(data as DataOf<'GroupIdentified'>)]
    if (command.type === 'IngestMedia') {
      const ingest = data as DataOf<'MediaIngested'>
      const same = state?.files.has(ingest.file.fileId) && state.ingested.get(ingest.file.fileId) === essence(ingest)
      return same ? [] : [MediaIngested(ingest)]
    }
    if (!state) throw new DomainError('item-not-found')
    switch (command.type) {
      case 'MoveMediaFile': {
        const { file } = command.data
        const known = state.files.get(file.fileId)
        return known === undefined || known === JSON.stringify(file) ? [] : [MediaFileMoved(data as DataOf<'MediaFileMoved'>)]
      }
      case 'RemoveMediaFile':
        return state.files.has(command.data.fileId) ? [MediaFileRemoved(data as DataOf<'MediaFileRemoved'>)] : []
      case 'MatchMetadata':
        return state.matched.get(command.data.source) === JSON.stringify(command.data.metadata) ? [] : [MetadataMatched(data as DataOf<'MetadataMatched'>)]
      case 'EditMetadata': {
        const changes = Object.entries(command.data.fields).filter(([field, value]) => JSON.stringify(state.edited[field] ?? null) !== JSON.stringify(value))
        return changes.length > 0 ? [MetadataEdited({ fields: Object.fromEntries(changes) })] : []
      }
      case 'ChooseArtwork':
        return state.artwork.get(command.data.role) === JSON.stringify(data) ? [] : [ArtworkChosen(data as Artwork)]
      case 'ReportArtworkNotFound':
        return state.artless === JSON.stringify(data) ? [] : [ArtworkNotFound(data as DataOf<'ArtworkNotFound'>)]
    }
  },

  evolve(state = nothing, event) {
    const { data } = event
    const json = JSON.stringify(data)
    switch (event.type) {
      case 'GroupIdentified':
        return { ...state, group: json }
      case 'MediaIngested': {
        const { file, replaces } = event.data
        const files = new Map(state.files)
        if (replaces) files.delete(replaces)
        return {
          ...state,
          files: files.set(file.fileId, JSON.stringify(file)),
          ingested: new Map(state.ingested).set(file.fileId, essence(event.data)),
          artless: undefined,
        }
      }
      case 'MediaFileMoved':
        return { ...state, files: new Map(state.files).set(event.data.file.fileId, JSON.stringify(event.data.file)) }
      case 'MediaFileRemoved': {
        const files = new Map(state.files)
        files.delete(event.data.fileId)
        return { ...state, files }
      }
      case 'MetadataMatched':
        return { ...state, matched: new Map(state.matched).set(event.data.source, JSON.stringify(event.data.metadata)) }
      case 'MetadataEdited':
        return { ...state, edited: { ...state.edited, ...event.data.fields } }
      case 'ArtworkChosen':
        return { ...state, artwork: new Map(state.artwork).set(event.data.role, json) }
      case 'ArtworkNotFound':
        return { ...state, artless: json }
      default:
        return state
    }
  },
}

/** An ingest without the scan that brought it: what has to differ for it to be news. */
const essence = ({ scanId: _scan, replaces: _replaces, ...rest }: DataOf<'MediaIngested'>): string => JSON.stringify(rest)
