import { ChevronRight, CornerLeftUp, Folder, Lock } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cx } from '../lib/cx.js'
import type { Folders } from '../lib/folders.js'
import { beginning, focused } from './focusable.js'
import { byKeys } from './page-focus.js'

interface FolderListProps {
  readonly folders: Folders
  readonly waiting: boolean
  readonly onOpen: (path: string | null) => void
}

const row =
  'flex h-11 w-full items-center gap-3 px-3.5 text-left text-body text-ink-1 transition-colors hover:bg-surface-3 focus-visible:-outline-offset-2 disabled:text-ink-3 [&>svg]:size-5 [&>svg]:shrink-0 [&>svg]:text-ink-3'

/** The folders at one place of the server; a press goes in. */
export function FolderList({ folders, waiting, onOpen }: FolderListProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (!list.current) return
    list.current.scrollTop = 0
    // What was pressed is gone with the folder it was in.
    if (byKeys() && !focused()) beginning(list.current)?.focus()
  }, [folders.path])
  return (
    <ul
      ref={list}
      data-arrows
      aria-label="Folders"
      className={cx(
        'h-72 overflow-y-auto rounded-m bg-surface-2 py-1 ring-1 ring-line transition-opacity',
        waiting && 'opacity-60',
      )}
    >
      {folders.path !== null && (
        <li>
          <button type="button" className={row} onClick={() => onOpen(folders.parent)} title={folders.parent ?? undefined}>
            <CornerLeftUp />
            <span className="min-w-0 truncate text-ink-2">
              {folders.parent === null ? 'Places to start' : (lastPart(folders.parent) ?? folders.parent)}
            </span>
          </button>
        </li>
      )}
      {folders.folders.map(folder => (
        <li key={folder.path}>
          <button
            type="button"
            className={row}
            disabled={!folder.readable}
            onClick={() => onOpen(folder.path)}
            title={folder.readable ? folder.path : 'The server may not read this folder'}
          >
            {folder.readable ? <Folder /> : <Lock />}
            <span className="min-w-0 flex-1 truncate">{folder.name}</span>
            {folder.readable && <ChevronRight />}
          </button>
        </li>
      ))}
      {folders.folders.length === 0 && <li className="px-3.5 py-3 text-small text-ink-3">No folders in here.</li>}
    </ul>
  )
}

const lastPart = (path: string) => path.split(/[\\/]/).findLast(Boolean)
