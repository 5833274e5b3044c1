import { Popover } from '@base-ui/react/popover'
import { ListMusic, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { cx } from '../../lib/cx.js'
import { itemPath } from '../../lib/paths.js'
import { failureWords } from '../../player/failure.js'
import { fraction } from '../../player/scrubber.js'
import { IconButton } from '../../ui/button.js'
import { NextButton, PlayButton, TrackScrubber, Transport, VolumeControl } from './music-controls.js'
import { close } from './music-player.js'
import { artistOf } from './music-store.js'
import './music.css'
import { NowPlayingSheet } from './now-playing-sheet.js'
import type { QueueEntry } from './queue.js'
import { QueueList } from './queue-list.js'
import { Sleeve } from './sleeve.js'
import { useCurrent, useHeard, useTimes } from './use-music.js'

/** What plays, at the foot of every page: small above a phone's bottom bar, whole on a laptop. Nothing while the queue is empty. */
export function MusicBar() {
  const entry = useCurrent()
  const there = entry !== null
  useEffect(() => {
    document.documentElement.style.setProperty('--bar', there ? '4.5rem' : '0px')
    return () => void document.documentElement.style.removeProperty('--bar')
  }, [there])
  if (!entry) return null
  return (
    <aside
      aria-label="Music"
      className={cx(
        'fixed inset-x-0 bottom-[calc(var(--dock)+env(safe-area-inset-bottom))] z-30 h-(--bar) border-t border-line bg-surface-1/95 backdrop-blur-md appear',
        'md:left-(--side) md:bottom-0 md:box-content md:pb-[env(safe-area-inset-bottom)]',
      )}
    >
      <MiniBar entry={entry} />
      <WideBar entry={entry} />
    </aside>
  )
}

/** Artist, or why nothing is heard. */
function SecondLine({ entry }: { entry: QueueEntry }) {
  const failure = useHeard(state => state.failure)
  const waiting = useHeard(state => state.waiting)
  if (failure) return <span className="text-loss">{failureWords(failure).title}</span>
  if (waiting?.for === 'network') return <>No network; goes on by itself</>
  if (waiting?.for === 'retry')
    return (
      <>
        Trying again, {waiting.attempt} of {waiting.of}
      </>
    )
  return artistOf(entry.item)
}

function MiniBar({ entry }: { entry: QueueEntry }) {
  const [open, setOpen] = useState(false)
  const { positionMs, durationMs } = useTimes()
  return (
    <div className="flex h-full items-center gap-1 pr-2 pl-3 md:hidden">
      <div className="absolute inset-x-0 -top-px h-0.5 bg-line" aria-hidden="true">
        <div className="h-full bg-accent" style={{ width: `${fraction(positionMs, durationMs) * 100}%` }} />
      </div>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={`${entry.item.title}, open what plays`}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-m text-left"
      >
        <Sleeve item={entry.item} sizes="52px" className="size-13 shrink-0" />
        <span className="min-w-0">
          <span className="block truncate text-small font-medium text-ink-1">{entry.item.title}</span>
          <span className="block truncate text-caption text-ink-3">
            <SecondLine entry={entry} />
          </span>
        </span>
      </button>
      <PlayButton look="bare" size="l" className="text-ink-1" />
      <NextButton />
      <NowPlayingSheet entry={entry} open={open} onClose={() => setOpen(false)} />
    </div>
  )
}

function WideBar({ entry }: { entry: QueueEntry }) {
  const album = entry.item.parents.find(parent => parent.kind === 'album')
  return (
    <div className="hidden h-full grid-cols-[minmax(0,1fr)_minmax(18rem,34rem)_minmax(0,1fr)] items-center gap-4 px-4 md:grid">
      <div className="flex min-w-0 items-center gap-3">
        <Sleeve item={entry.item} sizes="56px" className="size-14 shrink-0" />
        <div className="min-w-0">
          <p className="truncate text-small font-medium text-ink-1">
            {album ? (
              <Link to={itemPath(album.id)} className="rounded-s hover:underline">
                {entry.item.title}
              </Link>
            ) : (
              entry.item.title
            )}
          </p>
          <p className="truncate text-caption text-ink-3" role="status">
            <SecondLine entry={entry} />
          </p>
        </div>
      </div>
      <div className="flex flex-col items-center">
        <Transport />
        <div className="-mt-1 w-full">
          <TrackScrubber />
        </div>
      </div>
      <div className="flex items-center justify-end gap-1">
        <div className="max-lg:hidden">
          <VolumeControl />
        </div>
        <QueueButton />
        <IconButton label="Stop and clear the queue" onClick={close}>
          <X />
        </IconButton>
      </div>
    </div>
  )
}

function QueueButton() {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger render={<IconButton label="Queue" pressed={open} />}>
        <ListMusic />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="end" sideOffset={18} collisionPadding={12} className="z-40 outline-none">
          <Popover.Popup className="flex h-[min(40rem,var(--available-height))] w-104 max-w-[90vw] origin-(--transform-origin) flex-col overflow-hidden rounded-l bg-surface-1 shadow-raised ring-1 ring-line outline-none transition-[opacity,scale] data-ending-style:scale-[0.97] data-ending-style:opacity-0 data-starting-style:scale-[0.97] data-starting-style:opacity-0">
            <Popover.Title className="sr-only">Queue</Popover.Title>
            <QueueList />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
