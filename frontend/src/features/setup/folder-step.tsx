import type { Response } from '@projectionist/shared/api/endpoint'
import { addLibrary } from '@projectionist/shared/api/libraries'
import type { LibraryKind } from '@projectionist/shared/events/media'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.js'
import { likelyKind, useFolders } from '../../lib/folders.js'
import { messageOf } from '../../lib/problem.js'
import { libraryKindWords } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { FolderBrowser } from '../../ui/folder-browser.js'
import { Text } from '../../ui/text.js'
import { Threshold } from '../../ui/threshold.js'

interface FolderStepProps {
  readonly name: string
  readonly kind: LibraryKind
  readonly onBack: () => void
  readonly onAdded: (added: Response<typeof addLibrary>) => void
}

/** Says where the first library's files are, shows what is there, and adds it. */
export function FolderStep({ name, kind, onBack, onAdded }: FolderStepProps) {
  const [path, setPath] = useState<string | null>(null)
  const client = useQueryClient()
  const look = useFolders(path)
  const add = useMutation({
    mutationFn: (folder: string) => call(addLibrary, { body: { name, kind, folders: [folder] } }),
    onSuccess(added) {
      void client.invalidateQueries({ queryKey: ['libraries'] })
      onAdded(added)
    },
  })
  const seems = look.guess.data ? likelyKind(look.guess.data) : null
  return (
    <Threshold
      wide
      step={{ at: 3, of: 3 }}
      title={`Where is “${name}”?`}
      words="A folder on the server, or on a share it can reach. Your files stay as they are."
    >
      <title>Set up · Projectionist</title>
      <FolderBrowser path={path} look={look} onChange={setPath} />
      {seems && seems !== kind && (
        <Text className="mt-2 text-accent-ink">
          This looks more like {libraryKindWords[seems].toLocaleLowerCase()}. Go back to choose that instead, or go on.
        </Text>
      )}
      {add.error && (
        <p role="alert" className="mt-2 text-small text-loss">
          {messageOf(add.error)}
        </p>
      )}
      <div className="mt-6 flex items-center justify-between gap-2">
        <Button look="bare" onClick={onBack}>
          Back
        </Button>
        <Button
          look="loud"
          size="l"
          disabled={path === null || look.folders.isError}
          busy={add.isPending}
          onClick={() => path !== null && add.mutate(path)}
        >
          Use this folder
        </Button>
      </div>
    </Threshold>
  )
}
