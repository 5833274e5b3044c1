import { ownerOf } from '@projectionist/shared/events/personal'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { subjectOf } from '../../platform/eventing/projection.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'

/** Stands where a row is nobody's own: what happened to the library, not to a person. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** What is not named by a UUID has a mark that derives from its name. */
export type NamedMark = 'device' | 'kind' | 'process' | 'reason'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const isId = (text: string): boolean => text.length === 36 && uuid.test(text)

const MOST_REMEMBERED = 10_000
const remembered: Readonly<Record<NamedMark, Map<string, string>>> = { device: new Map(), kind: new Map(), process: new Map(), reason: new Map() }

/** The mark of a device, a kind of event, a process or a reason. */
export function markOf(what: NamedMark, name: string): string {
  const known = remembered[what]
  let mark = known.get(name)
  if (mark === undefined) {
    if (known.size > MOST_REMEMBERED) known.clear()
    known.set(name, (mark = uuidv5(PROJECTIONIST, `${what} ${name}`)))
  }
  return mark
}

/** What an event is about, whose it is, and which line of the history it stands in. */
export interface About {
  readonly category: string
  /** The stream's name after its category. */
  readonly subject: string
  /** Whose own stream it is: their account, their plays. `NOBODY` for all others. */
  readonly owner: string
  /** The cause it follows from; of a play, the play. */
  readonly groupId: string
  readonly itemId: string | null
  readonly libraryId: string | null
  /** By what it can be found besides the item: ids of what it touches, and marks of who and what. */
  readonly marks: readonly string[]
}

interface Named {
  readonly libraryId?: string
  readonly itemId?: string
  readonly userId?: string
  readonly playId?: string
  readonly scanId?: string
}

/** Reads it from the event alone: from its stream's name, its metadata, and the ids that all kinds of events call alike. */
export function aboutOf(event: RecordedEvent): About {
  const { actor, reason, correlationId } = event.metadata
  const data = event.data as Named
  const subject = subjectOf(event)
  const category = event.streamId.slice(0, -subject.length - 1)
  const [, second] = subject.split('.')
  const playback = category === 'playback'
  const owner = ownerOf(event) ?? NOBODY
  const itemId = category === 'item' ? subject : playback ? second : data.itemId
  const libraryId = category === 'library' ? subject : data.libraryId
  const groupId = data.playId ?? correlationId
  const item = itemId ?? null
  const marks: string[] = []
  const mark = (id: string): void => {
    if (id !== item && !marks.includes(id)) marks.push(id)
  }
  for (const id of [playback ? undefined : subject, libraryId, data.userId, data.scanId, actor.kind === 'user' ? actor.userId : undefined])
    if (id !== undefined && isId(id)) mark(id)
  if (owner !== NOBODY) mark(owner)
  if (actor.kind === 'process') mark(markOf('process', actor.name))
  else if (actor.deviceId !== undefined) mark(markOf('device', actor.deviceId))
  mark(markOf('kind', event.type))
  mark(markOf('reason', reason))
  return { category, subject, owner, groupId, itemId: item, libraryId: libraryId ?? null, marks }
}
