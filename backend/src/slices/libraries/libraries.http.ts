import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { addLibrary, changeLibrary, getLibraries, removeLibrary, type Library, type Scan } from '@projectionist/shared/api/libraries'
import type { ItemKind, LibraryKind } from '@projectionist/shared/events/media'
import { firstScanOf } from '../../platform/derived-ids.js'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { LibraryCounts } from '../../platform/library-counts.js'
import { overlap } from '../../platform/media/folder-overlap.js'
import { PastLibraries } from '../../platform/past-libraries.js'
import { Sql } from '../../platform/sql/sql.js'
import { readableFolder } from './folders.js'
import { AddLibrary, ChangeLibrary, RemoveLibrary } from './library.js'

/** What a person counts in a library of each kind. */
const counted: Record<LibraryKind, ItemKind> = { films: 'film', shows: 'series', music: 'album', photos: 'photo', 'home-videos': 'video' }

interface Row {
  readonly id: string
  readonly name: string
  readonly kind: LibraryKind
  readonly added_at: string
  readonly roots: Library['roots']
  readonly scan: Scan | null
}

@Controller()
export class LibrariesHttp {
  constructor(
    private readonly sql: Sql,
    private readonly counts: LibraryCounts,
    private readonly past: PastLibraries,
  ) {}

  @Handle(getLibraries)
  async getLibraries(_: Request<typeof getLibraries>, exchange: Exchange): Promise<Response<typeof getLibraries>> {
    const past = await this.past.asked(exchange)
    if (!past) await exchange.reads('libraries', 'scans')
    const { caller } = exchange
    const rows = await (past?.sql ?? this.sql).query<Row>(
      `select l.*, coalesce(r.roots, '[]') as roots,
         (select row_to_json(s) from read.scan_list s where s."libraryId" = l.id order by s."startedAt" desc limit 1) as scan
       from read.libraries l
       left join lateral (
         select json_agg(json_build_object('id', id, 'path', path, 'lost', lost) order by ordinal, path) as roots
         from read.library_roots where library_id = l.id
       ) r on true
       where $1::uuid[] is null or l.id = any($1::uuid[])
       order by l.added_at`,
      [caller.libraries === 'all' ? null : caller.libraries],
    )
    const libraries = await Promise.all(
      rows.map(async ({ added_at, roots, scan, ...row }) => ({
        ...row,
        // Where things are on the server concerns only those who look after it.
        roots: caller.role === 'admin' ? roots : roots.map(root => ({ ...root, path: '' })),
        scan: caller.role === 'admin' && !past ? scan : null,
        itemCount: await this.counts.countOf(row.id, counted[row.kind], past),
        addedAt: added_at,
      })),
    )
    return { libraries }
  }

  @Handle(addLibrary)
  async addLibrary({ body }: Request<typeof addLibrary>, exchange: Exchange): Promise<Response<typeof addLibrary>> {
    const libraryId = exchange.newId('library')
    const paths = await this.#free(body.folders)
    const roots = paths.map((path, index) => ({ rootId: exchange.newId(`root ${index}`), path }))
    await exchange.run(new AddLibrary({ libraryId, name: body.name, kind: body.kind, roots }, exchange.by('add a library')))
    await exchange.shown('libraries', 'scans')
    return { id: libraryId, scanId: firstScanOf(libraryId) }
  }

  @Handle(changeLibrary)
  async changeLibrary({ params: { id }, body }: Request<typeof changeLibrary>, exchange: Exchange): Promise<void> {
    const paths = await this.#free(body.addFolders ?? [], id)
    const addRoots = paths.map((path, index) => ({ rootId: exchange.newId(`root ${index}`), path }))
    const change = { libraryId: id, name: body.name, addRoots, removeRoots: body.removeRoots ?? [] }
    await exchange.run(new ChangeLibrary(change, exchange.by('change a library')))
    await exchange.shown('libraries', 'scans')
  }

  @Handle(removeLibrary)
  async removeLibrary({ params: { id } }: Request<typeof removeLibrary>, exchange: Exchange): Promise<Response<typeof removeLibrary>> {
    const by = exchange.by('remove a library')
    await exchange.run(new RemoveLibrary({ libraryId: id }, by))
    await exchange.shown('libraries', 'scans', 'items', 'history')
    return { id: by.correlationId }
  }

  /** The folders' real paths, none of which lies in another or in a library that is there; folders `own` has already stay. */
  async #free(folders: readonly string[], own?: string): Promise<string[]> {
    const paths = [...new Set(await Promise.all(folders.map(readableFolder)))]
    const taken = await this.sql.query<{ path: string; library_id: string }>('select path, library_id from read.library_roots')
    for (const [index, path] of paths.entries()) {
      const others = [...paths.slice(0, index), ...taken.filter(root => root.library_id !== own || root.path !== path).map(root => root.path)]
      if (others.some(other => overlap(path, other))) throw new DomainError('folder-overlaps', path)
    }
    return paths
  }
}
