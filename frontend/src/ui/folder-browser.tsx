import { FolderX, Lock, Telescope } from 'lucide-react'
import { useState } from 'react'
import { guessWords, type FolderLook } from '../lib/folders.js'
import { FolderList } from './folder-list.js'
import { Awaiting, Skeleton } from './skeleton.js'
import { ApiError } from '../lib/problem.js'
import { Button } from './button.js'
import { Empty, ErrorState } from './state.js'
import { Text } from './text.js'

/** Walks the server's folders and tells what is in the one that is open, before anything is saved. */
export function FolderBrowser({
  path,
  look,
  onChange,
}: {
  path: string | null
  look: FolderLook
  onChange: (path: string | null) => void
}) {
  const { folders, guess } = look
  const [typed, setTyped] = useState<string | null>(null)
  const open = (next: string | null) => {
    setTyped(null)
    onChange(next)
  }
  return (
    <div className="flex flex-col gap-3">
      <input
        aria-label="Folder"
        value={typed ?? path ?? ''}
        placeholder="Choose below, or type a path such as /media/films"
        spellCheck={false}
        autoCapitalize="none"
        onChange={event => setTyped(event.target.value)}
        onBlur={() => typed?.trim() && open(typed.trim())}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (typed?.trim()) open(typed.trim())
        }}
        className="h-11 w-full rounded-m bg-surface-2 px-3.5 text-body text-ink-1 ring-1 ring-control-line/70 ring-inset placeholder:text-ink-3 focus-visible:outline-offset-0"
      />
      {folders.isError ? (
        <NoFolder path={path} error={folders.error} onStart={() => open(null)} />
      ) : folders.data ? (
        <FolderList folders={folders.data} waiting={folders.isPlaceholderData} onOpen={open} />
      ) : (
        <Awaiting what="folders">
          <Skeleton className="h-72 !rounded-m" />
        </Awaiting>
      )}
      <div className="flex min-h-12 items-start gap-3" role="status">
        {!folders.isError && <Telescope className="mt-0.5 size-5 shrink-0 text-ink-3" />}
        <div className="min-w-0">
          {path === null ? (
            <Text>Open the folder with your files. We tell what is in it before anything is saved.</Text>
          ) : guess.isFetching && !guess.data ? (
            <Text className="animate-pulse">Having a quick look …</Text>
          ) : guess.data ? (
            <>
              <Text className="text-ink-1">{guessWords(guess.data)}</Text>
              {guess.data.examples.length > 0 && (
                <Text className="truncate text-ink-3">Such as {guess.data.examples.slice(0, 3).join(' · ')}</Text>
              )}
            </>
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** Why a folder cannot be opened, and what may be the reason. */
function NoFolder({ path, error, onStart }: { path: string | null; error: unknown; onStart: () => void }) {
  const code = error instanceof ApiError ? error.code : null
  if (path === null || (code !== 'folder-not-found' && code !== 'folder-unreadable'))
    return <ErrorState error={error} className="h-72 !py-8" retry={onStart} />
  return (
    <div role="alert">
      <Empty
        icon={code === 'folder-unreadable' ? <Lock /> : <FolderX />}
        title={code === 'folder-unreadable' ? 'The server may not read this folder' : 'There is no such folder on the server'}
        className="h-72 !py-8"
        action={<Button onClick={onStart}>See places to start</Button>}
      >
        <span className="font-medium [overflow-wrap:anywhere] text-ink-1">{path}</span>{' '}
        {code === 'folder-unreadable'
          ? 'belongs to somebody else. Let the user that Projectionist runs as read it.'
          : 'is not there. Look at its spelling, and whether its disk or share is connected. It has to be on the server’s computer, not on this one.'}
      </Empty>
    </div>
  )
}
