import { isDeepStrictEqual } from 'node:util'
import { GroupIdentified, MediaRestored, MetadataMatched, type ItemEvent } from '@projectionist/shared/events/item'
import type { Conflict, Hindsight, Reverts } from '../../platform/eventing/decider.js'
import type { ItemState } from './item-state.js'

type Past = Hindsight<ItemState, ItemEvent>

/**
 * What takes back what scans record. Files go back to how they were known, and a later change of the same file stands in the way.
 * What people wrote, rated and watched is left alone: it stays recorded, and shows again when the item does.
 */
export const itemReverts: Reverts<ItemState, ItemEvent> = {
  GroupIdentified(_, { group }, { without, later }) {
    // A new group needs nothing: it is out of the catalogue as soon as nothing is in it.
    if (!without.group) return []
    return (
      since(later, 'It was named again since.', event => event.type === 'GroupIdentified') ??
      (isDeepStrictEqual(without.group, group) ? [] : [GroupIdentified(without.group)])
    )
  },
  MediaIngested: files,
  MediaFileMoved: files,
  MediaFileRemoved: files,
  MediaRestored: files,
  MetadataMatched({ data: { source, fileId } }, { matched }, { without, later }) {
    const before = without.matched.get(source) ?? { source, metadata: {}, ...(fileId !== undefined && { fileId }) }
    return (
      since(
        later,
        'The same source described it again since.',
        event => event.type === 'MetadataMatched' && event.data.source === source,
      ) ?? (isDeepStrictEqual(before, matched.get(source)) ? [] : [MetadataMatched(before)])
    )
  },
}

function files(event: ItemEvent, state: ItemState, { without, later }: Past): readonly ItemEvent[] | Conflict {
  const concerned = filesIn(event)
  const changed = later.findLast(other => filesIn(other).some(fileId => concerned.includes(fileId)))
  if (changed) return { conflict: happenedTo[changed.type] ?? 'The file was changed since.', since: changed.id }
  const different = concerned.filter(fileId => !isDeepStrictEqual(without.files.get(fileId), state.files.get(fileId)))
  if (different.length === 0) return []
  return [
    MediaRestored({
      files: different.flatMap(fileId => without.files.get(fileId) ?? []),
      withdrawn: different.filter(fileId => !without.files.has(fileId)),
      ...without.named,
    }),
  ]
}

const happenedTo: Readonly<Partial<Record<ItemEvent['type'], string>>> = {
  MediaIngested: 'The file was replaced or read again since.',
  MediaFileMoved: 'The file was moved since.',
  MediaFileRemoved: 'The file went away since.',
}

/** The files whose place in the catalogue an event changes. */
function filesIn(event: ItemEvent): readonly string[] {
  switch (event.type) {
    case 'MediaIngested':
      return [event.data.file.fileId, ...(event.data.replaces === undefined ? [] : [event.data.replaces])]
    case 'MediaFileMoved':
      return [event.data.file.fileId]
    case 'MediaFileRemoved':
      return [event.data.fileId]
    case 'MediaRestored':
      return [...event.data.files.map(({ file }) => file.fileId), ...event.data.withdrawn]
    default:
      return []
  }
}

function since(later: Past['later'], conflict: string, is: (event: ItemEvent) => boolean): Conflict | undefined {
  const event = later.findLast(is)
  return event && { conflict, since: event.id }
}
