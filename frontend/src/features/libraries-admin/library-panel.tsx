import type { Library } from '@projectionist/shared/api/libraries'
import { EllipsisVertical, Folder, FolderCog, FolderSync, History, Pencil, Trash2, TriangleAlert, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { historyPath, libraryPath } from '../../lib/paths.js'
import { isOpen, scanWords, useChangeScan } from '../../lib/scans.js'
import { ago } from '../../lib/time-words.js'
import { takeBackPath } from '../../lib/undo.js'
import { counted, kindsOf, kindWords, libraryKindWords } from '../../lib/words.js'
import { Button, IconButton } from '../../ui/button.js'
import { Menu, MenuItem, MenuLine, MenuLink } from '../../ui/menu.js'
import { Panel } from '../../ui/page.js'
import { ScanProgress } from '../../ui/scan-progress.js'
import { Text } from '../../ui/text.js'
import { notifyError } from '../../ui/toast.js'
import { FoldersDialog } from './folders-dialog.js'
import { ProblemsDialog } from './problems-dialog.js'
import { RemoveDialog } from './remove-dialog.js'
import { RenameDialog } from './rename-dialog.js'
import { useStartScan } from './library-mutations.js'

const lostWords = { missing: 'is not there', unreadable: 'may not be read by the server', empty: 'is suddenly empty' } as const

type Open = 'rename' | 'folders' | 'remove' | 'problems' | null

/** A library as an admin sees it: what it is made of and what goes on with it. */
export function LibraryPanel({ library }: { library: Library }) {
  const [open, setOpen] = useState<Open>(null)
  const start = useStartScan()
  const change = useChangeScan()
  const { scan } = library
  const close = () => setOpen(null)
  return (
    <Panel>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Text as="h2" size="title">
            <Link to={libraryPath(library.id)} className="rounded-s hover:text-accent-ink">
              {library.name}
            </Link>
          </Text>
          <Text className="figures mt-0.5 text-ink-3">
            {libraryKindWords[library.kind]} · {counted(library.itemCount, ...kindWords[kindsOf[library.kind][0]])}
            {scan &&
              !isOpen(scan) &&
              ` · scanned ${ago(scan.endedAt ?? scan.startedAt, Date.now())}: ${scanWords(scan, Date.now())}`}
          </Text>
        </div>
        {!(scan && isOpen(scan)) && (
          <Button
            icon={<FolderSync />}
            busy={start.isPending}
            onClick={() => start.mutate(library.id, { onError: error => notifyError(error) })}
          >
            Scan now
          </Button>
        )}
        <Menu
          trigger={
            <IconButton label={`More for ${library.name}`} size="s" className="mt-0.5 -mr-1.5">
              <EllipsisVertical />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
            Rename
          </MenuItem>
          <MenuItem icon={<FolderCog />} onSelect={() => setOpen('folders')}>
            Folders
          </MenuItem>
          {scan && (
            <MenuItem icon={<TriangleAlert />} onSelect={() => setOpen('problems')}>
              Problems of the last scan
            </MenuItem>
          )}
          <MenuLink icon={<History />} to={historyPath({ library: library.id })}>
            Its history
          </MenuLink>
          {scan && (
            <MenuLink icon={<History />} to={historyPath({ scan: scan.id })}>
              What the last scan did
            </MenuLink>
          )}
          {scan && !isOpen(scan) && (
            <MenuLink icon={<Undo2 />} to={takeBackPath({ of: 'scan', scanId: scan.id })}>
              Take back what the last scan did
            </MenuLink>
          )}
          <MenuLine />
          <MenuItem icon={<Trash2 />} tone="loss" onSelect={() => setOpen('remove')}>
            Remove
          </MenuItem>
        </Menu>
      </div>
      <ul className="mt-4 flex flex-col gap-1.5">
        {library.roots.map(root => (
          <li key={root.id} className="flex items-start gap-2.5">
            {root.lost ? (
              <TriangleAlert className="mt-0.5 size-4 shrink-0 text-loss" />
            ) : (
              <Folder className="mt-0.5 size-4 shrink-0 text-ink-3" />
            )}
            <span className="min-w-0 [overflow-wrap:anywhere] select-text">
              {root.path}
              {root.lost && (
                <span className="block text-loss">
                  This folder {lostWords[root.lost]}. Its items stay, and play again when it is back.
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {scan && isOpen(scan) && (
        <div className="mt-5">
          <ScanProgress
            scan={scan}
            busy={change.isPending}
            onAction={action => change.mutate({ id: scan.id, action }, { onError: error => notifyError(error) })}
          />
        </div>
      )}
      {scan && scan.failed > 0 && (
        <button
          type="button"
          onClick={() => setOpen('problems')}
          className="mt-3 flex items-center gap-2 rounded-s text-small text-accent-ink hover:underline"
        >
          <TriangleAlert className="size-4" />
          {counted(scan.failed, 'file has a problem', 'files have problems')}
        </button>
      )}
      {open === 'rename' && <RenameDialog library={library} onClose={close} />}
      {open === 'folders' && <FoldersDialog library={library} onClose={close} />}
      {open === 'remove' && <RemoveDialog library={library} onClose={close} />}
      {open === 'problems' && scan && <ProblemsDialog scan={scan} onClose={close} />}
    </Panel>
  )
}
