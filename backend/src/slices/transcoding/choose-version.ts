import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../../platform/eventing/decider.js'
import { MediaError, type MediaEngine } from '../../platform/media/media-engine.js'
import { decidePlayback, type PlaybackDecision, type PlaybackQuestion } from './decide-playback.js'
import type { PlayableFile } from './playable-files.js'
import { sourcePath } from './source-path.js'

export interface Version {
  readonly known: PlayableFile & { readonly root: string }
  readonly decision: PlaybackDecision
  /** Of the picture, when it is copied. */
  readonly keyframes: readonly number[] | null
}

const preference = ['direct', 'remux', 'transcode', 'impossible']

/**
 * Which version of an item to play, and how: among those that can be reached the one that needs the least done to it, best
 * picture first. Throws `file-unavailable`, `cannot-transcode`.
 */
export async function chooseVersion(
  files: readonly PlayableFile[],
  ask: Omit<PlaybackQuestion, 'media' | 'keyframes'>,
  engine: MediaEngine,
  folder: string,
): Promise<Version> {
  const reachable = files.filter((known): known is PlayableFile & { root: string } => known.root !== null)
  const ranked = reachable
    .map(known => ({ known, decision: decidePlayback({ ...ask, media: known.media, keyframes: true }) }))
    .toSorted((a, b) => preference.indexOf(a.decision.method) - preference.indexOf(b.decision.method))
  let impossible: PlaybackDecision | undefined
  for (const { known, decision } of ranked) {
    const path = await sourcePath(known.root, known.file.location.relative, join(folder, 'links'))
    if (!(await canRead(path))) continue
    const { video } = decision
    const keyframes = video?.action === 'copy' ? await indexOf(engine, path, video.index) : null
    const final = video?.action === 'copy' && !keyframes ? decidePlayback({ ...ask, media: known.media, keyframes: false }) : decision
    if (final.method !== 'impossible') return { known, decision: final, keyframes }
    impossible ??= final
  }
  if (!impossible) throw new DomainError('file-unavailable')
  throw new DomainError('cannot-transcode', impossible.reasons.map(({ subject, code, detail }) => `${subject}: ${code}${detail ? ` (${detail})` : ''}`).join(', '))
}

async function indexOf(engine: MediaEngine, path: string, stream: number): Promise<readonly number[] | null> {
  return engine.keyframes(path, stream).catch((error: unknown) => {
    if (error instanceof MediaError) throw new DomainError(error.code === 'ffmpeg-missing' ? 'cannot-transcode' : 'file-unavailable', error.message)
    throw error
  })
}

const canRead = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
