import type { HistoryGroup } from '@projectionist/shared/api/history'
import { historyWords, type HistoryWords } from './history-words.js'
import { clock } from './time-words.js'
import { count, counted } from './words.js'

type Counts = Readonly<Record<string, number>>

/** What a line says: of one entry what that says, of several what they come to. */
export function groupWords({
  first,
  counts,
  entries,
  story,
}: Pick<HistoryGroup, 'first' | 'counts' | 'entries' | 'story'>): HistoryWords {
  if (story.play && (counts['PlaybackStarted'] || counts['PlaybackProgressed']))
    return playWords(first.subject.item?.kind, story.play, counts)
  if (story.scan && first.type !== 'LibraryAdded') return { icon: 'scan', did: 'scanned', detail: scanDetail(story.scan, counts) }
  const words = historyWords(first)
  if (entries === 1) return words
  const [only, ...others] = Object.keys(counts)
  const several = only !== undefined && others.length === 0 ? many[only] : undefined
  if (several) return { icon: words.icon, did: several(entries), withSubject: false }
  const detail = story.scan ? scanDetail(story.scan, counts) : `and ${counted(entries - 1, 'thing', 'things')} more`
  return { ...words, detail: [words.detail, detail].filter(Boolean).join(', ') }
}

function playWords(
  kind: string | undefined,
  { fromMs, toMs, finished }: NonNullable<HistoryGroup['story']['play']>,
  counts: Counts,
): HistoryWords {
  const did = kind === 'track' ? 'listened to' : 'watched'
  const where = finished
    ? `from ${clock(fromMs)} to the end`
    : toMs === fromMs
      ? `at ${clock(toMs)}`
      : `from ${clock(fromMs)} to ${clock(toMs)}`
  const converted = counts['TranscodeFailed'] ? ', a conversion failed' : counts['TranscodeStarted'] ? ', converted' : ''
  const stopped = counts['PlayStopped'] ? ', stopped by somebody else' : ''
  return { icon: finished ? 'done' : 'play', did, detail: where + converted + stopped }
}

const inScan = { added: 'added', changed: 'changed', moved: 'moved', removed: 'gone', failed: 'failed' } as const

function scanDetail(scan: NonNullable<HistoryGroup['story']['scan']>, counts: Counts): string {
  if (scan.state === 'done') {
    const parts = (Object.keys(inScan) as (keyof typeof inScan)[])
      .filter(name => scan[name] > 0)
      .map(name => `${count(scan[name])} ${inScan[name]}`)
    return parts.length > 0 ? parts.join(', ') : 'nothing new'
  }
  const so = ['MediaIngested', 'MediaFileMoved', 'MediaFileRemoved'].reduce((sum, type) => sum + (counts[type] ?? 0), 0)
  const far = so > 0 ? `${counted(so, 'file', 'files')} dealt with` : ''
  const state = { running: 'still running', paused: 'paused', failed: 'could not be finished', cancelled: 'cancelled' }[
    scan.state
  ]
  return [far, state].filter(Boolean).join(', ')
}

/** Many events of one kind, each of another subject. */
const many: Readonly<Record<string, (entries: number) => string>> = {
  MarkedWatched: entries => `marked ${counted(entries, 'thing', 'things')} as watched`,
  MarkedUnwatched: entries => `marked ${counted(entries, 'thing', 'things')} as unwatched`,
  ItemRated: entries => `rated ${counted(entries, 'thing', 'things')}`,
  MetadataEdited: entries => `edited ${counted(entries, 'thing', 'things')}`,
  ArtworkChosen: entries => `set ${counted(entries, 'picture', 'pictures')}`,
  MediaFileRemoved: entries => `missed ${counted(entries, 'file', 'files')}`,
  RebuildRequested: entries => `asked to rebuild ${counted(entries, 'read model', 'read models')}`,
  ResumeRequested: entries => `let ${counted(entries, 'read model', 'read models')} go on`,
  MediaFileMoved: entries => `followed ${counted(entries, 'moved file', 'moved files')}`,
}
