import { z } from 'zod'
import { LibraryKind } from '../events/media.js'
import { ScanProblem } from '../events/scan.js'
import { ById, endpoint } from './endpoint.js'

export const ScanState = z.enum(['running', 'paused', 'done', 'failed', 'cancelled'])
export const Scan = z.object({
  id: z.uuid(),
  libraryId: z.uuid(),
  state: ScanState,
  /** Files found so far; final once `walked`. */
  found: z.int(),
  /** Files dealt with, whatever came of them. */
  done: z.int(),
  failed: z.int(),
  walked: z.boolean(),
  added: z.int(),
  changed: z.int(),
  moved: z.int(),
  removed: z.int(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  problem: z.string().nullable(),
})
export type Scan = z.infer<typeof Scan>

export const Library = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: LibraryKind,
  roots: z.array(z.object({ id: z.uuid(), path: z.string(), lost: z.enum(['missing', 'unreadable', 'empty']).nullable() })),
  /** Items a person would count: films, series, albums, photos, videos. */
  itemCount: z.int(),
  scan: Scan.nullable(),
  addedAt: z.iso.datetime(),
})
export type Library = z.infer<typeof Library>

const LibraryName = z.string().trim().min(1).max(100)
const Folder = z.string().min(1).max(8192)

export const getLibraries = endpoint({
  method: 'GET', path: '/libraries', access: 'user', past: 'shown', summary: 'Libraries the person may see',
  response: z.object({ libraries: z.array(Library) }),
})
export const addLibrary = endpoint({
  method: 'POST', path: '/libraries', access: 'admin', summary: 'Add a library; its first scan starts', status: 201,
  body: z.object({ name: LibraryName, kind: LibraryKind, folders: z.array(Folder).min(1).max(100) }),
  response: z.object({ id: z.uuid(), scanId: z.uuid() }),
  errors: ['folder-not-found', 'folder-unreadable', 'folder-overlaps'],
})
export const changeLibrary = endpoint({
  method: 'PATCH', path: '/libraries/:id', access: 'admin', summary: 'Rename, add or take away folders', params: ById,
  body: z.object({ name: LibraryName.optional(), addFolders: z.array(Folder).max(100).optional(), removeRoots: z.array(z.uuid()).max(100).optional() }),
  errors: ['library-not-found', 'folder-not-found', 'folder-unreadable', 'folder-overlaps'],
})
/** `id` is the cause that undo takes back. */
export const removeLibrary = endpoint({
  method: 'DELETE', path: '/libraries/:id', access: 'admin', summary: 'Take a library out; files stay', params: ById,
  response: z.object({ id: z.uuid() }), errors: ['library-not-found'],
})
export const startScan = endpoint({
  method: 'POST', path: '/libraries/:id/scans', access: 'admin', summary: 'Scan now', params: ById, status: 202,
  response: z.object({ id: z.uuid() }),
  errors: ['library-not-found', 'scan-running'],
})
export const getScan = endpoint({
  method: 'GET', path: '/scans/:id', access: 'admin', summary: 'How a scan stands', params: ById, response: Scan, errors: ['scan-not-found'],
})
export const getScans = endpoint({
  method: 'GET', path: '/scans', access: 'admin', summary: 'The latest scans, newest first',
  query: z.object({ library: z.uuid().optional() }), response: z.object({ scans: z.array(Scan) }),
})
export const getScanProblems = endpoint({
  method: 'GET', path: '/scans/:id/problems', access: 'admin', summary: 'Files with a problem: most did not become items, and why', params: ById,
  response: z.object({ problems: z.array(ScanProblem.extend({ path: z.string() })), more: z.boolean() }), errors: ['scan-not-found'],
})
export const changeScan = endpoint({
  method: 'PATCH', path: '/scans/:id', access: 'admin', summary: 'Pause, resume or cancel a scan', params: ById,
  body: z.object({ action: z.enum(['pause', 'resume', 'cancel']) }),
  errors: ['scan-not-found', 'scan-not-running'],
})
