import { changeScan, getScan, type Scan } from '@projectionist/shared/api/libraries'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { call } from './api.js'
import { useLive, type Topic } from './live.js'
import { estimate } from './time-words.js'
import { count, counted } from './words.js'

export const isOpen = (scan: Scan): boolean => scan.state === 'running' || scan.state === 'paused'

/** How far a scan is, 0 to 1; null while its files are still being counted. */
export const scanProgress = (scan: Scan): number | null =>
  scan.state === 'done' ? 1 : scan.walked && scan.found > 0 ? scan.done / scan.found : null

/** How a scan stands, in one honest line. */
export function scanWords(scan: Scan, now: number): string {
  switch (scan.state) {
    case 'running': {
      if (!scan.walked) return `Looking around: ${counted(scan.found, 'file', 'files')} so far, ${count(scan.done)} read`
      const left = estimate(scan.done, scan.found, now - Date.parse(scan.startedAt))
      return `${count(scan.done)} of ${counted(scan.found, 'file', 'files')}${left ? `, ${left}` : ''}`
    }
    case 'paused':
      return `Paused at ${count(scan.done)} of ${counted(scan.found, 'file', 'files')}`
    case 'cancelled':
      return `Cancelled after ${counted(scan.done, 'file', 'files')}`
    case 'failed':
      return scan.problem ?? 'The scan could not be finished'
    case 'done':
      return outcome(scan)
  }
}

function outcome(scan: Scan): string {
  const parts = [
    scan.added > 0 && `${count(scan.added)} new`,
    scan.changed > 0 && `${count(scan.changed)} changed`,
    scan.moved > 0 && `${count(scan.moved)} moved`,
    scan.removed > 0 && `${count(scan.removed)} gone`,
    scan.failed > 0 && `${counted(scan.failed, 'problem', 'problems')}`,
  ].filter(part => part !== false)
  return parts.length > 0 ? new Intl.ListFormat(undefined, { type: 'unit' }).format(parts) : 'Nothing new'
}

const topics: readonly Topic[] = ['scans']

export const scanQuery = (id: string) =>
  queryOptions({ queryKey: ['scan', id], queryFn: ({ signal }) => call(getScan, { params: { id }, signal }), meta: { topics } })

/** Keeps every scan in the cache as the server reports it. Mount where scans are shown; only admins are told. */
export function useLiveScans(): void {
  const client = useQueryClient()
  const keep = useCallback(
    ({ scan }: { scan: Scan }) => {
      client.setQueryData(scanQuery(scan.id).queryKey, scan)
      client.setQueryData<{ scans: Scan[] }>(
        ['scans'],
        old =>
          old && {
            scans: old.scans.some(one => one.id === scan.id)
              ? old.scans.map(one => (one.id === scan.id ? scan : one))
              : [scan, ...old.scans],
          },
      )
      client.setQueryData<{ libraries: { id: string; scan: Scan | null }[] }>(
        ['libraries'],
        old => old && { libraries: old.libraries.map(one => (one.id === scan.libraryId ? { ...one, scan } : one)) },
      )
    },
    [client],
  )
  useLive('scan', keep)
}

/** Pauses, resumes or cancels a scan. */
export function useChangeScan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'pause' | 'resume' | 'cancel' }) =>
      call(changeScan, { params: { id }, body: { action } }),
    onSettled: () => client.invalidateQueries({ predicate: query => query.meta?.topics?.includes('scans') ?? false }),
  })
}
