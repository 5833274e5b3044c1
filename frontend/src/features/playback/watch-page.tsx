import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { itemPath, watchPath } from '../../lib/paths.js'
import { itemQuery } from '../../lib/queries.js'
import { useSelected } from '../../lib/use-selected.js'
import { PlayerView } from './player.js'
import '../../ui/screening.css'
import './player.css'
import { useMediaSession, useVideoPlayback } from './use-video-playback.js'

const whole = (text: string | null) => (text !== null && /^-?\d+$/.test(text) ? Number(text) : undefined)

/** What was chosen before pressing play, from the page's address; `t` and `start` are in ms. */
function choicesOf(query: URLSearchParams) {
  const startMs = whole(query.get('t') ?? query.get('start'))
  const audioIndex = whole(query.get('audio'))
  const subtitleIndex = whole(query.get('subtitle'))
  const fileId = query.get('file')
  return {
    ...(startMs !== undefined && { startMs: Math.max(0, startMs) }),
    ...(audioIndex !== undefined && { audioIndex }),
    ...(subtitleIndex !== undefined && { subtitleIndex }),
    ...(fileId && { fileId }),
  }
}

/** `/watch/:itemId`: the picture from edge to edge. */
export default function WatchPage() {
  const itemId = useParams()['itemId']!
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const { key } = useLocation()
  const [root, setRoot] = useState<HTMLElement | null>(null)
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const playback = useVideoPlayback(video)
  const { data: item } = useQuery(itemQuery(itemId))
  const client = useQueryClient()

  const choices = query.toString()
  const resumes = choicesOf(query).startMs === undefined
  useEffect(() => {
    void playback?.engine.load({ itemId, play: true, ...choicesOf(new URLSearchParams(choices)) })
  }, [playback, itemId, choices])

  // What the pages behind show of the person's place was true before this.
  useEffect(
    () => () => void client.invalidateQueries({ predicate: ({ meta }) => meta?.topics?.includes('watch-state') ?? false }),
    [client],
  )

  const next = useSelected(playback?.engine.state ?? nothing, state => state.session?.next ?? null)
  const nextId = next?.id
  const playNextItem = useCallback(() => {
    if (nextId) void navigate(watchPath(nextId), { replace: true })
  }, [nextId, navigate])
  const playNext = nextId ? playNextItem : null
  const leave = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
    // Opened by its address, there is no page to go back to.
    if (key === 'default') void navigate(itemPath(itemId), { replace: true })
    else void navigate(-1)
  }, [key, itemId, navigate])
  useMediaSession(playback, item, playNext)

  useEffect(() => {
    if (item) document.title = `${item.title} – Projectionist`
  }, [item])

  return (
    <main
      ref={setRoot}
      className="screening fixed inset-0 z-30 overflow-hidden bg-black text-ink-1 select-none"
      aria-label="Player"
    >
      <video ref={setVideo} playsInline className="absolute inset-0 size-full object-contain" />
      {playback && (
        <PlayerView
          playback={playback}
          root={root}
          item={item}
          itemId={itemId}
          playNext={playNext}
          leave={leave}
          resumes={resumes}
        />
      )}
    </main>
  )
}

const noState = { session: null as { readonly next: { readonly id: string } | null } | null }
const nothing = { get: () => noState, watch: () => () => {} }
