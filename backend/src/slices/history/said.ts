import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { isId, markOf, type About } from './about.js'

/** What an event calls something: shown wherever its id stands. */
export interface Name {
  readonly id: string
  readonly kind: 'item' | 'library' | 'folder' | 'user' | 'device' | 'process' | 'reason'
  readonly name: string
  /** What a request calls it, where that is not the id. */
  readonly key?: string
}

type Data = Readonly<Record<string, unknown>>
const record = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {})
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(texts) : Object.values(record(value)).flatMap(texts)

/** What the event names. */
export function namesIn(event: RecordedEvent, about: About): readonly Name[] {
  const { actor, reason } = event.metadata
  const data = record(event.data)
  const names: Name[] = [{ id: markOf('reason', reason), kind: 'reason', name: reason, key: reason }]
  if (actor.kind === 'process') names.push({ id: markOf('process', actor.name), kind: 'process', name: actor.name, key: actor.name })
  const device = record(data['device'])
  const [deviceId, deviceName] = [text(device['id']), text(device['name'])]
  if (deviceId && deviceName) names.push({ id: markOf('device', deviceId), kind: 'device', name: deviceName, key: deviceId })
  if (!isId(about.subject)) return names
  const title = text(record(data['metadata'])['title']) ?? text(record(data['fields'])['title'])
  if (about.category === 'item' && title) names.push({ id: about.subject, kind: 'item', name: title })
  const name = text(data['name'])
  if (about.category === 'library' && name) names.push({ id: about.subject, kind: 'library', name })
  if (about.category === 'user' && name) names.push({ id: about.subject, kind: 'user', name })
  const roots = about.category !== 'library' ? [] : Array.isArray(data['roots']) ? data['roots'] : [data]
  for (const root of roots.map(record)) {
    const [id, path] = [text(root['rootId']), text(root['path'])]
    if (id && path) names.push({ id, kind: 'folder', name: path })
  }
  return names
}

/** The texts by which people look for what an event is about: titles, names of files and folders, what somebody wrote. */
export function textsIn(event: RecordedEvent, about: About): readonly string[] {
  const data = record(event.data)
  const metadata = record(data['metadata'])
  const location = record(record(data['file'])['location'])
  if (about.category === 'item')
    return [
      ...[metadata['title'], metadata['originalTitle'], metadata['album'], location['relative']].flatMap(texts),
      ...texts(data['fields']),
    ]
  if (about.category === 'library') return texts([data['name'], data['path'], data['roots'] && (data['roots'] as { path: string }[]).map(({ path }) => path)])
  return texts([data['name'], data['detail']].filter(Boolean))
}
