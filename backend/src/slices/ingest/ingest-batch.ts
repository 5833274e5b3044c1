import type { LibraryKind, MediaFile, Metadata } from '@projectionist/shared/events/media'
import type { ScanCounts, ScanProblem } from '@projectionist/shared/events/scan'
import { folderOf, nameOf, readableName } from '../../platform/media/file-location.js'
import { stemOf } from '../../platform/media/media-types.js'
import type { Nfo, Probed, ProbeResult } from '../../platform/media/probing.js'
import { externalSubtitles } from './external-subtitles.js'
import { copyIdOf, fileIdOf, itemIdOf, workIn, type Group, type Work } from './identity.js'
import type { IdentifyGroup, IngestMedia, RemoveMediaFile } from './item.js'
import type { FoundFile } from './walk.js'

/** A file of the library as the catalogue has it. */
export interface KnownFile {
  readonly itemId: string
  readonly file: MediaFile
  /** It was removed: only its item is remembered. */
  readonly gone?: boolean
}

/** What the catalogue knows that bears on a batch. Everything that earlier commands did has to be in it. */
export interface Known {
  /** Files with the ids asked for, of this library, as they are now; gone ones too where they are remembered. */
  readonly byFileId: ReadonlyMap<string, KnownFile>
  /** Items that have files now, by the key of their work. */
  readonly itemByKey: ReadonlyMap<string, string>
  /** Of every item that occurs in the other two, or derives from a key of the batch, and has files now. */
  readonly items: ReadonlyMap<string, { readonly key: string; readonly fileIds: readonly string[] }>
  /** Ids of `byFileId` that still lie where they were, as they were; so does a file whose disk is away. */
  readonly inPlace: ReadonlySet<string>
}

export interface BatchFile {
  readonly found: FoundFile
  /** What is known at its very place. */
  readonly at: KnownFile | undefined
  readonly result: ProbeResult
}
export interface Batch {
  readonly libraryId: string
  readonly kind: LibraryKind
  readonly rootId: string
  readonly scanId?: string
  readonly files: readonly BatchFile[]
  /** NFO files that lie beside files of the batch or in folders above, by relative path. */
  readonly nfos: ReadonlyMap<string, Nfo>
}

export interface IngestPlan {
  /** Groups first, each once; then the items that gain, then those that lose a file. */
  readonly groups: readonly IdentifyGroup['data'][]
  readonly media: readonly IngestMedia['data'][]
  readonly removals: readonly RemoveMediaFile['data'][]
  readonly problems: readonly ScanProblem[]
  readonly counts: Pick<ScanCounts, 'added' | 'changed' | 'moved' | 'failed'>
}

/** What `Known` has to be asked about for a batch. */
export function questionsOf(batch: Batch): { readonly fileIds: readonly string[]; readonly keys: readonly string[] } {
  const probed = batch.files.flatMap(file => (file.result.outcome === 'probed' ? [{ ...file, result: file.result }] : []))
  const ids = probed.map(({ found, result }) => ({ found, result, base: fileIdOf(result.fingerprint), copy: copyIdOf(result.fingerprint, batch.rootId, found.relative) }))
  // A work named by its file has another key for a copy.
  const keys = ids.flatMap(({ found, result, base, copy }) => [base, copy].map(fileId => nameWork(batch, found, result, fileId).key))
  const before = batch.files.flatMap(({ at }) => (at ? [at.file.fileId] : []))
  return { fileIds: [...new Set([...before, ...ids.flatMap(({ base, copy }) => [base, copy])])], keys: [...new Set(keys)] }
}

/**
 * Finds the item of each file of a batch and says what has to be recorded. A file finds its item in this order: by its
 * content, wherever it was; by its place, whose file it replaces; by its work, of which it is another version. An item
 * whose only file changes its name or tags keeps its id; a file that leaves other versions behind goes to the work it names.
 * So at any time the files of a key are one item. Pure.
 */
export function planIngest(batch: Batch, known: Known): IngestPlan {
  const items = new Map([...known.items].map(([id, { key, fileIds }]) => [id, { key, files: new Set(fileIds) }]))
  const itemByKey = new Map(known.itemByKey)
  const byFileId = new Map(known.byFileId)
  const inPlace = new Set(known.inPlace)
  const groups = new Map<string, IdentifyGroup['data']>()
  const media: IngestMedia['data'][] = []
  const removals: RemoveMediaFile['data'][] = []
  const problems: ScanProblem[] = []
  const counts = { added: 0, changed: 0, moved: 0, failed: 0 }

  for (const { found, at, result } of batch.files) {
    if (result.outcome === 'failed') {
      problems.push({ rootId: batch.rootId, relative: found.relative, code: result.code, detail: result.detail })
      counts.failed++
      continue
    }
    if (result.incomplete !== undefined) {
      problems.push({ rootId: batch.rootId, relative: found.relative, code: 'incomplete', detail: result.incomplete })
      counts.failed++
    }
    take(found, stillAt(at) ?? alreadyAt(found, result), result)
  }
  return { groups: [...groups.values()], media, removals, problems, counts }

  function take(found: FoundFile, at: KnownFile | undefined, result: Probed): void {
    const { fileId, from } = recognise(found, at, result)
    const work = nameWork(batch, found, result, fileId)
    const replaced = at && at.file.fileId !== fileId ? at : undefined
    // Its own former self, or the file it takes the place of, is no reason to leave an item as it is.
    const leaving = [...(from ? [{ itemId: from.itemId, fileId }] : []), ...(replaced ? [{ itemId: replaced.itemId, fileId: replaced.file.fileId }] : [])]
    for (const { itemId, fileId: left } of leaving) leave(itemId, left)
    const itemId = destination(work, fileId, from?.itemId ?? replaced?.itemId)
    const replaces = replaced && replaced.itemId === itemId ? replaced.file.fileId : undefined
    for (const { itemId: other, fileId: left } of leaving) {
      if (other !== itemId && !(from?.gone && left === fileId)) removals.push({ itemId: other, fileId: left, ...scanned() })
    }
    const parentId = recordGroups(found, work.groups)
    const file: MediaFile = {
      fileId,
      location: { rootId: batch.rootId, relative: found.relative },
      sizeBytes: result.sizeBytes,
      modifiedMs: result.modifiedMs,
      ...(found.beside.stamp !== '' && { beside: found.beside.stamp }),
    }
    const streams = result.media.video.length + result.media.audio.length + result.media.subtitles.length
    const external = externalSubtitles(found.relative, found.beside.subtitles, Math.max(streams, lastIndex(result) + 1))
    media.push({
      itemId,
      known: known.items.has(itemId) || known.byFileId.get(fileId)?.itemId === itemId,
      libraryId: batch.libraryId,
      kind: work.kind,
      ...(parentId !== undefined && { parentId }),
      file,
      ...(replaces !== undefined && { replaces }),
      ...(work.edition !== undefined && { edition: work.edition }),
      key: work.key,
      media: external.length > 0 ? { ...result.media, subtitles: [...result.media.subtitles, ...external] } : result.media,
      metadata: work.metadata,
      nfo: ownNfo(found),
      ...scanned(),
    })
    arrive(itemId, work.key, file)
    if (at) counts.changed++
    else if (from && !from.gone) counts.moved++
    else counts.added++
  }

  /** What is known at a place may have been found elsewhere since, in this batch or an earlier one. */
  function stillAt(at: KnownFile | undefined): KnownFile | undefined {
    const now = at && byFileId.get(at.file.fileId)
    const same = now && !now.gone && now.file.location.rootId === batch.rootId && now.file.location.relative === at.file.location.relative
    return same ? now : undefined
  }

  /** The same content at the same place: recorded since the walk came by, by another run of the scan. It is no copy of itself. */
  function alreadyAt(found: FoundFile, { fingerprint }: Probed): KnownFile | undefined {
    return [fileIdOf(fingerprint), copyIdOf(fingerprint, batch.rootId, found.relative)]
      .map(fileId => byFileId.get(fileId))
      .find(known => known && !known.gone && known.file.location.rootId === batch.rootId && known.file.location.relative === found.relative)
  }

  /** Which file this is, and where it was known before. A second file with a known content gets an id of its own. */
  function recognise(found: FoundFile, at: KnownFile | undefined, { fingerprint }: Probed): { readonly fileId: string; readonly from: KnownFile | undefined } {
    const base = fileIdOf(fingerprint)
    const copy = copyIdOf(fingerprint, batch.rootId, found.relative)
    if (at && (at.file.fileId === base || at.file.fileId === copy)) return { fileId: at.file.fileId, from: at }
    const elsewhere = byFileId.get(base)
    if (!elsewhere) return { fileId: base, from: undefined }
    if (!elsewhere.gone && inPlace.has(base)) return { fileId: copy, from: byFileId.get(copy) }
    return { fileId: base, from: elsewhere }
  }

  function destination({ key }: Work, fileId: string, former: string | undefined): string {
    const holder = itemByKey.get(key)
    if (holder !== undefined) return holder
    if (former !== undefined && (items.get(former)?.files.size ?? 0) === 0) return former
    const derived = itemIdOf(batch.libraryId, key)
    // Another work may live under this id: it had this name when it came, and was renamed since.
    return (items.get(derived)?.files.size ?? 0) === 0 ? derived : itemIdOf(batch.libraryId, `${key}#${fileId}`)
  }

  function leave(itemId: string, fileId: string): void {
    const item = items.get(itemId)
    if (!item?.files.delete(fileId)) return
    if (item.files.size === 0 && itemByKey.get(item.key) === itemId) itemByKey.delete(item.key)
  }

  function arrive(itemId: string, key: string, file: MediaFile): void {
    items.set(itemId, { key, files: new Set([...(items.get(itemId)?.files ?? []), file.fileId]) })
    itemByKey.set(key, itemId)
    byFileId.set(file.fileId, { itemId, file })
    inPlace.add(file.fileId)
  }

  function recordGroups(found: FoundFile, named: readonly Group[]): string | undefined {
    let parentId: string | undefined
    for (const { kind, key, metadata } of named) {
      const itemId = itemIdOf(batch.libraryId, key)
      const nfo = groupNfo(found, kind)
      const before = groups.get(itemId)
      groups.set(itemId, {
        itemId,
        libraryId: batch.libraryId,
        kind,
        ...(parentId !== undefined && { parentId }),
        key,
        metadata: { ...metadata, ...before?.metadata },
        ...((before?.nfo ?? nfo) !== undefined && { nfo: before?.nfo ?? nfo }),
      })
      parentId = itemId
    }
    return parentId
  }

  function groupNfo(found: FoundFile, kind: Group['kind']): Metadata | undefined {
    return found.beside.nfos.map(path => batch.nfos.get(path)).find(nfo => nfo?.kind === kind)?.metadata
  }

  /** The NFO named like the file, else the one that speaks for a film's whole folder. */
  function ownNfo(found: FoundFile): Metadata | null {
    const stem = stemOf(nameOf(found.relative))
    const named = found.beside.nfos.find(path => stemOf(nameOf(path)) === stem && folderOf(path) === folderOf(found.relative))
    const general = batch.kind === 'films' ? found.beside.nfos.find(path => /^movie\.nfo$/i.test(nameOf(path))) : undefined
    for (const path of [named, general]) {
      const nfo = path === undefined ? undefined : batch.nfos.get(path)
      if (nfo && ['film', 'episode', 'video'].includes(nfo.kind)) return nfo.metadata
    }
    return null
  }

  function scanned(): { scanId?: string } {
    return batch.scanId === undefined ? {} : { scanId: batch.scanId }
  }
}

const lastIndex = ({ media }: Probed): number => Math.max(-1, ...[...media.video, ...media.audio, ...media.subtitles].map(({ index }) => index))

const nameWork = (batch: Batch, found: FoundFile, result: Probed, fileId: string): Work =>
  workIn({ kind: batch.kind, path: readableName(found.relative), type: found.type, tags: result.tags, fileId })
