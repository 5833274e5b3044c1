import type { LibraryKind } from '@projectionist/shared/events/media'
import { useState } from 'react'
import { likelyKind, useFolders } from '../../lib/folders.js'
import { messageOf } from '../../lib/problem.js'
import { libraryKindWords } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { FolderBrowser } from '../../ui/folder-browser.js'
import { KindChoice } from '../../ui/kind-choice.js'
import { notify } from '../../ui/toast.js'
import { useAddLibrary } from './library-mutations.js'

/** Adds a library: first its folder, from which kind and name are guessed, then what to correct. */
export function AddLibraryDialog({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState<string | null>(null)
  const [folder, setFolder] = useState<string | null>(null)
  const [kind, setKind] = useState<LibraryKind>('films')
  const [typed, setTyped] = useState<string | null>(null)
  const look = useFolders(path)
  const add = useAddLibrary()
  const name = typed ?? libraryKindWords[kind]

  if (folder === null)
    return (
      <Dialog
        open
        wide
        onClose={onClose}
        title="Where are the files?"
        actions={
          <Button
            look="loud"
            disabled={path === null || look.folders.isError}
            onClick={() => {
              setKind((look.guess.data && likelyKind(look.guess.data)) ?? kind)
              setFolder(path)
            }}
          >
            Use this folder
          </Button>
        }
      >
        <FolderBrowser path={path} look={look} onChange={setPath} />
      </Dialog>
    )
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="What is in it?"
      description={folder}
      actions={
        <>
          <Button look="bare" onClick={() => setFolder(null)}>
            Back
          </Button>
          <Button
            look="loud"
            busy={add.isPending}
            disabled={!name.trim()}
            onClick={() =>
              add.mutate(
                { name: name.trim(), kind, folders: [folder] },
                {
                  onSuccess() {
                    notify({ text: `${name.trim()} is being scanned. It fills as files are found.` })
                    onClose()
                  },
                },
              )
            }
          >
            Add the library
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-2">
        <KindChoice value={kind} onChange={setKind} />
        <TextField
          label="Name"
          value={name}
          onChange={setTyped}
          maxLength={100}
          error={add.error ? messageOf(add.error) : undefined}
        />
      </div>
    </Dialog>
  )
}
