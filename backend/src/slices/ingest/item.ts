import { isDeepStrictEqual } from 'node:util'
import { GroupIdentified, MediaFileMoved, MediaFileRemoved, MediaIngested, MetadataMatched, type ItemEvent } from '@projectionist/shared/events/item'
import type { Metadata } from '@projectionist/shared/events/media'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'
import { itemReverts } from './item-reverts.js'
import type { DataOf, ItemState } from './item-state.js'

export type { ItemState } from './item-state.js'

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
export type ItemCommand = IdentifyGroup | IngestMedia | MoveMediaFile | RemoveMediaFile | MatchMetadata

/** An item of the catalogue: a work with its files and what is known of it, or a group of works. */
export const item: Decider<ItemState, ItemCommand, ItemEvent> = {
  category: 'item',
  streamId: ({ data }) => `item-${data.itemId}`,
  initial: { group: undefined, files: new Map(), known: false, matched: new Map(), named: {} },
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
        const { replaces, ...taken } = event.data
        if (replaces !== undefined) files.delete(replaces)
        return { ...state, known: true, files: files.set(taken.file.fileId, taken), named: nameIn(taken) }
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
      case 'MediaRestored': {
        const files = new Map(state.files)
        for (const fileId of event.data.withdrawn) files.delete(fileId)
        for (const restored of event.data.files) files.set(restored.file.fileId, restored)
        return { ...state, files, named: nameIn(event.data) }
      }
      case 'MetadataMatched':
        return { ...state, matched: new Map(state.matched).set(event.data.source, event.data) }
      default:
        return state
    }
  },

  reverts: itemReverts,
}

const nameIn = ({ parentId, metadata }: ItemState['named']): ItemState['named'] => ({ ...(parentId !== undefined && { parentId }), ...(metadata && { metadata }) })

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
