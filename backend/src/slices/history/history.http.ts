import { Controller, StreamableFile } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { exportHistory, getHistory, getHistoryChoices, getHistoryEntry, getHistoryGroups } from '@projectionist/shared/api/history'
import { Readable } from 'node:stream'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Sql } from '../../platform/sql/sql.js'
import { entriesPage } from './entries.queries.js'
import { asCsv, asJsonLines, type ExportPage } from './export.js'
import { NoteExport } from './exported.js'
import { groupsPage } from './groups.queries.js'
import { HistoryReader } from './reader.js'
import { LAST, seek, type HistoryFilter } from './sought.js'
import { viewerOf, type Viewer } from './viewer.js'

const MOST_LED = 20
const EXPORTED_AT_ONCE = 500
const MOST_CHOICES = 500

@Controller()
export class HistoryHttp {
  constructor(
    private readonly sql: Sql,
    private readonly reader: HistoryReader,
  ) {}

  @Handle(getHistory)
  async getHistory({ query }: Request<typeof getHistory>, exchange: Exchange): Promise<Response<typeof getHistory>> {
    await exchange.reads('history')
    const viewer = viewerOf(exchange.caller)
    const { cursor, limit, changes, ...filter } = query
    const sought = await seek(this.sql, viewer, filter)
    const { positions, next } = await entriesPage(this.sql, viewer, filter, sought, placeOf(cursor), limit)
    const entries = await this.reader.at(positions, viewer, changes)
    return { entries, names: await this.reader.names(entries, viewer), next: next === null ? null : String(next) }
  }

  @Handle(getHistoryGroups)
  async getHistoryGroups({ query }: Request<typeof getHistoryGroups>, exchange: Exchange): Promise<Response<typeof getHistoryGroups>> {
    await exchange.reads('history')
    const viewer = viewerOf(exchange.caller)
    const { cursor, limit, ...filter } = query
    const sought = await seek(this.sql, viewer, filter)
    const { rows, next } = await groupsPage(this.sql, viewer, sought, placeOf(cursor), limit)
    return { groups: await this.reader.groups(rows, viewer), next: next === null ? null : String(next) }
  }

  @Handle(getHistoryChoices)
  async getHistoryChoices(_: Request<typeof getHistoryChoices>, exchange: Exchange): Promise<Response<typeof getHistoryChoices>> {
    await exchange.reads('history')
    const { only } = viewerOf(exchange.caller)
    const rows = await this.sql.query<{ kind: string; key: string; name: string; user_name: string | null }>(
      `select n.kind, n.key, n.name, u.name as user_name from read.history_names n left join read.users u on u.user_id = n.owner
       where n.kind in ('device', 'process') and n.key is not null and ($1::uuid is null or n.owner = $1) order by n.kind, n.name limit ${MOST_CHOICES}`,
      [only],
      'history_choices',
    )
    return {
      devices: rows.filter(({ kind }) => kind === 'device').map(({ key, name, user_name }) => ({ id: key, name, user: user_name ?? '' })),
      processes: rows.filter(({ kind }) => kind === 'process').map(({ key }) => key),
    }
  }

  @Handle(exportHistory)
  async exportHistory({ query }: Request<typeof exportHistory>, exchange: Exchange): Promise<Response<typeof exportHistory>> {
    await exchange.reads('history')
    const { format, ...filter } = query
    const viewer = viewerOf(exchange.caller)
    const note = new NoteExport({ exportId: exchange.newId('export'), personal: viewer.only, format, filter }, exchange.by('export the history'))
    const { position } = await exchange.run(note)
    const pages = this.#pages(viewer, filter, position)
    const text = format === 'csv' ? asCsv(pages) : asJsonLines(pages)
    return new StreamableFile(Readable.from(text, { objectMode: false }), {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
      disposition: `attachment; filename="history.${format}"`,
    })
  }

  @Handle(getHistoryEntry)
  async getHistoryEntry({ params: { id } }: Request<typeof getHistoryEntry>, exchange: Exchange): Promise<Response<typeof getHistoryEntry>> {
    await exchange.reads('history')
    const viewer = viewerOf(exchange.caller)
    const row = await this.reader.row([id], viewer)
    if (!row) throw new DomainError('not-found')
    const [because, led] = await Promise.all([this.reader.because(row, viewer), this.reader.led(row, viewer, MOST_LED)])
    const [[entry], around] = await Promise.all([
      this.reader.entries([row], viewer, true),
      this.reader.entries([...because, ...led.slice(0, MOST_LED)], viewer, false),
    ])
    return {
      entry: entry!,
      names: await this.reader.names([entry!, ...around], viewer),
      because: around.slice(0, because.length),
      led: { entries: around.slice(because.length), more: led.length > MOST_LED },
    }
  }

  /** What stands before a place in the log. */
  async *#pages(viewer: Viewer, filter: HistoryFilter, before: number): AsyncGenerator<ExportPage> {
    const sought = await seek(this.sql, viewer, filter)
    for (let cursor: number | null = before; cursor !== null; ) {
      const page: { positions: readonly number[]; next: number | null } = await entriesPage(this.sql, viewer, filter, sought, cursor, EXPORTED_AT_ONCE)
      const entries = await this.reader.at(page.positions, viewer, true)
      yield { entries, names: await this.reader.names(entries, viewer) }
      cursor = page.next
    }
  }
}

/** The position a cursor stands for. Throws `invalid-request`. */
function placeOf(cursor: string | undefined): number {
  const place = cursor === undefined ? LAST : Number(cursor)
  if (!Number.isSafeInteger(place)) throw new DomainError('invalid-request', 'The cursor is not one of this list')
  return place
}
