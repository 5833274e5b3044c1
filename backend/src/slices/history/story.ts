import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import type { HistoryStory } from '@projectionist/shared/api/history'

type Numbers = Readonly<Record<string, unknown>>
const number = (data: Numbers, name: string): number => (typeof data[name] === 'number' ? data[name] : 0)

/** What a line of the history says besides how many events there are: from where to where a play went, what a scan came to. */
export function tell(story: HistoryStory, event: RecordedEvent): HistoryStory {
  const data = event.data as Numbers
  switch (event.type) {
    case 'PlaybackStarted':
    case 'PlaybackProgressed':
    case 'PlaybackCompleted': {
      const [positionMs, durationMs] = [number(data, 'positionMs'), number(data, 'durationMs')]
      const { play } = story
      return {
        ...story,
        play: { fromMs: play?.fromMs ?? positionMs, toMs: positionMs, durationMs, finished: event.type === 'PlaybackCompleted' || (play?.finished ?? false) },
      }
    }
    case 'ScanStarted':
      return { ...story, scan: { state: 'running', added: 0, changed: 0, moved: 0, removed: 0, failed: 0 } }
    case 'ScanPaused':
      return story.scan ? { ...story, scan: { ...story.scan, state: 'paused' } } : story
    case 'ScanResumed':
      return story.scan ? { ...story, scan: { ...story.scan, state: 'running' } } : story
    case 'ScanCancelled':
    case 'ScanFailed':
      return story.scan ? { ...story, scan: { ...story.scan, state: event.type === 'ScanFailed' ? 'failed' : 'cancelled' } } : story
    case 'ScanCompleted': {
      const [added, changed, moved, removed, failed] = ['added', 'changed', 'moved', 'removed', 'failed'].map(name => number(data, name)) as [number, number, number, number, number]
      return { ...story, scan: { state: 'done', added, changed, moved, removed, failed } }
    }
    default:
      return story
  }
}
