import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Outlet, useNavigation } from 'react-router'
import { later } from '../lib/late-parts.js'
import { type PlayTracks, TrackPlayer } from '../lib/track-player.js'
import { past, pastReason } from '../lib/past.js'
import { usePageFocus } from '../ui/page-focus.js'
import { notify, notifyError } from '../ui/toast.js'
import { PastBand } from '../features/time-travel/past-band.js'
import { BottomBar } from './bottom-bar.js'
import { ConnectionBanner } from './connection-banner.js'
import { Sidebar } from './sidebar.js'
import { collectTyped } from './typed-ahead.js'
import { useSettled } from './use-settled.js'
import { useShortcuts } from './use-shortcuts.js'
import { useUpdates } from './use-updates.js'

const searchOverlay = () => import('../features/search/search-overlay.js')
const SearchOverlay = later(searchOverlay)
const KeysDialog = later(() => import('./keys-dialog.js'))
const MusicBar = later<object>(() => import('../features/music/music-bar.js').then(module => ({ default: module.MusicBar })))

/** The frame around pages: ways to go, the search, what is playing, and what everybody should know. */
export function Shell() {
  const [open, setOpen] = useState<'search' | 'keys' | null>(null)
  const typedAhead = useRef((): string => '')
  const close = useCallback(() => {
    typedAhead.current()
    setOpen(null)
  }, [])
  const openSearch = useCallback(() => {
    typedAhead.current()
    typedAhead.current = collectTyped()
    setOpen('search')
  }, [])
  const openKeys = useCallback(() => setOpen('keys'), [])
  const loading = useNavigation().state === 'loading'
  useShortcuts({ search: openSearch, keys: openKeys })
  useUpdates()
  usePageFocus()

  const settled = useSettled()
  useEffect(() => {
    // What is typed right after `/` would be lost while this is fetched.
    if (settled) searchOverlay().catch(() => {})
  }, [settled])
  const [music, setMusic] = useState(false)
  const playTracks = useCallback<PlayTracks>((items, startIndex) => {
    if (past.get()) return notify({ text: pastReason })
    setMusic(true)
    import('../features/music/music-queue.js').then(queue => queue.playTracks([...items], startIndex)).catch(notifyError)
  }, [])

  return (
    <TrackPlayer value={playTracks}>
      <a
        href="#content"
        data-tab-only
        className="sr-only z-60 rounded-m bg-accent px-4 py-2 font-semibold text-on-accent focus-visible:not-sr-only focus-visible:fixed focus-visible:top-3 focus-visible:left-3"
      >
        Skip to the content
      </a>
      {loading && (
        <div
          role="progressbar"
          aria-label="Loading the page"
          className="fixed inset-x-0 top-0 z-60 h-0.5 animate-pulse bg-accent [animation-delay:150ms]"
        />
      )}
      <Sidebar onSearch={openSearch} />
      <main
        id="content"
        tabIndex={-1}
        className="min-h-dvh pb-[calc(var(--dock)+var(--bar)+2.5rem+env(safe-area-inset-bottom))] outline-none md:pl-(--side)"
      >
        <ConnectionBanner />
        <PastBand />
        <Outlet />
      </main>
      <Suspense>{(settled || music) && <MusicBar />}</Suspense>
      <BottomBar onSearch={openSearch} />
      <Suspense>
        {open === 'search' && <SearchOverlay onClose={close} onKeys={openKeys} takeTyped={() => typedAhead.current()} />}
        {open === 'keys' && <KeysDialog onClose={close} />}
      </Suspense>
    </TrackPlayer>
  )
}
