import type { Library } from '@projectionist/shared/api/libraries'
import { Folder, FolderPlus, X } from 'lucide-react'
import { useState } from 'react'
import { useFolders } from '../../lib/folders.js'
import { messageOf } from '../../lib/problem.js'
import { Button, IconButton } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { FolderBrowser } from '../../ui/folder-browser.js'
import { useChangeLibrary } from './library-mutations.js'

/** The folders of a library: add one, take one out. */
export function FoldersDialog({ library, onClose }: { library: Library; onClose: () => void }) {
  const [adding, setAdding] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  const [going, setGoing] = useState<string | null>(null)
  const look = useFolders(adding ? path : null)
  const change = useChangeLibrary(library.id)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Folders of ${library.name}`}
      actions={
        adding ? (
          <>
            <Button look="bare" onClick={() => setAdding(false)}>
              Back
            </Button>
            <Button
              look="loud"
              busy={change.isPending}
              disabled={path === null || look.folders.isError}
              onClick={() => path !== null && change.mutate({ addFolders: [path] }, { onSuccess: () => setAdding(false) })}
            >
              Add this folder
            </Button>
          </>
        ) : (
          <Button icon={<FolderPlus />} onClick={() => setAdding(true)}>
            Add a folder
          </Button>
        )
      }
    >
      {adding ? (
        <FolderBrowser path={path} look={look} onChange={setPath} />
      ) : (
        <ul className="flex flex-col gap-1">
          {library.roots.map(root => (
            <li key={root.id} className="flex min-h-11 flex-wrap items-center gap-3 rounded-m bg-surface-2 px-3.5 py-1.5">
              <Folder className="size-5 shrink-0 text-ink-3" />
              <span className="min-w-0 flex-1 text-ink-1 [overflow-wrap:anywhere]">{root.path}</span>
              {going === root.id ? (
                <>
                  <span>Its items leave the library; the files stay.</span>
                  <Button look="bare" onClick={() => setGoing(null)}>
                    Keep
                  </Button>
                  <Button
                    look="loss"
                    busy={change.isPending}
                    onClick={() => change.mutate({ removeRoots: [root.id] }, { onSuccess: () => setGoing(null) })}
                  >
                    Take out
                  </Button>
                </>
              ) : (
                library.roots.length > 1 && (
                  <IconButton label={`Take ${root.path} out`} size="s" onClick={() => setGoing(root.id)}>
                    <X />
                  </IconButton>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {change.error && (
        <p role="alert" className="mt-3 text-small text-loss">
          {messageOf(change.error)}
        </p>
      )}
    </Dialog>
  )
}
