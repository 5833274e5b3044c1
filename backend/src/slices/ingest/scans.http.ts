import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { changeScan, getScan, getScanProblems, getScans, startScan, type Scan } from '@projectionist/shared/api/libraries'
import type { ScanProblem } from '@projectionist/shared/events/scan'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Sql } from '../../platform/sql/sql.js'
import { ChangeScan, StartScan } from './scan.js'

const MOST_PROBLEMS = 1000

@Controller()
export class ScansHttp {
  constructor(private readonly sql: Sql) {}

  @Handle(startScan)
  async startScan({ params: { id } }: Request<typeof startScan>, exchange: Exchange): Promise<Response<typeof startScan>> {
    await exchange.reads('libraries', 'scans')
    const [library] = await this.sql.query('select 1 from read.libraries where id = $1', [id])
    if (!library) throw new DomainError('library-not-found')
    const scanId = exchange.newId('scan')
    const [running] = await this.sql.query<{ id: string }>(
      `select id from read.scan_list where "libraryId" = $1 and state in ('running', 'paused')`,
      [id],
    )
    if (running && running.id !== scanId) throw new DomainError('scan-running')
    await exchange.run(new StartScan({ scanId, libraryId: id, cause: 'requested' }, exchange.by('scan a library')))
    await exchange.shown('scans')
    return { id: scanId }
  }

  @Handle(getScan)
  async getScan({ params: { id } }: Request<typeof getScan>, exchange: Exchange): Promise<Response<typeof getScan>> {
    await exchange.reads('libraries', 'scans')
    // A library's first scan has its id before it starts.
    const [scan] = await this.sql.query<Scan>(
      `select * from read.scan_list where id = $1
       union all
       select o.scan_id, o.library_id, 'running', 0, 0, 0, false, 0, 0, 0, 0, to_char(l.added_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), null, null
       from read.owed_first_scans o join read.libraries l on l.id = o.library_id where o.scan_id = $1`,
      [id],
    )
    if (!scan) throw new DomainError('scan-not-found')
    return scan
  }

  @Handle(getScans)
  async getScans({ query }: Request<typeof getScans>, exchange: Exchange): Promise<Response<typeof getScans>> {
    await exchange.reads('scans')
    const scans = await this.sql.query<Scan>(
      `select * from read.scan_list where $1::uuid is null or "libraryId" = $1 order by "startedAt" desc limit 50`,
      [query.library ?? null],
    )
    return { scans }
  }

  @Handle(getScanProblems)
  async getScanProblems({ params: { id } }: Request<typeof getScanProblems>, exchange: Exchange): Promise<Response<typeof getScanProblems>> {
    await exchange.reads('scans')
    const rows = await this.sql.query<{ root_id: string; relative: string; code: ScanProblem['code']; detail: string | null; root: string | null }>(
      `select p.root_id, p.relative, p.code, p.detail, r.path as root from read.scan_problems p left join read.library_roots r on r.id = p.root_id
       where p.scan_id = $1 order by p.position, p.ordinal limit $2`,
      [id, MOST_PROBLEMS + 1],
    )
    const problems = rows.slice(0, MOST_PROBLEMS).map(({ root_id, relative, code, detail, root }) => ({
      rootId: root_id,
      relative,
      code,
      ...(detail !== null && { detail }),
      path: root ? `${root}/${relative}` : relative,
    }))
    return { problems, more: rows.length > MOST_PROBLEMS }
  }

  @Handle(changeScan)
  async changeScan({ params: { id }, body: { action } }: Request<typeof changeScan>, exchange: Exchange): Promise<void> {
    const [cause] = await this.sql.query<{ correlation_id: string }>('select correlation_id from read.scan_causes where id = $1', [id])
    const by = exchange.by(`${action} a scan`)
    await exchange.run(new ChangeScan({ scanId: id, action }, { ...by, correlationId: cause?.correlation_id ?? by.correlationId }))
    await exchange.shown('scans')
  }
}
