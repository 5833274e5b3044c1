import { Dialog } from '@base-ui/react/dialog'
import { ChevronDown, ListMusic } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { cx } from '../../lib/cx.js'
import { itemPath } from '../../lib/paths.js'
import { IconButton } from '../../ui/button.js'
import { Transport, TrackScrubber } from './music-controls.js'
import { artistOf } from './music-store.js'
import type { QueueEntry } from './queue.js'
import { QueueList } from './queue-list.js'
import { Sleeve, useSleeve } from './sleeve.js'

/** The whole screen of a phone for what plays: the sleeve, or the queue. */
export function NowPlayingSheet({ entry, open, onClose }: { entry: QueueEntry; open: boolean; onClose: () => void }) {
  const [queueShown, setQueueShown] = useState(false)
  const { item } = entry
  const picture = useSleeve(item)
  const album = item.parents.find(parent => parent.kind === 'album')
  return (
    <Dialog.Root open={open} onOpenChange={next => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup
          className="fixed inset-0 z-50 flex flex-col bg-surface-0 px-6 pt-[max(0.75rem,env(safe-area-inset-top))] pb-[max(1.5rem,env(safe-area-inset-bottom))] outline-none transition-[translate,opacity] duration-200 data-ending-style:translate-y-full data-starting-style:translate-y-full"
          style={
            picture
              ? {
                  backgroundImage: `linear-gradient(color-mix(in oklab, ${picture.colour} 45%, var(--surface-0)), var(--surface-0) 75%)`,
                }
              : {}
          }
        >
          <div className="-mx-2 flex items-center justify-between">
            <Dialog.Close render={<IconButton label="Close" size="l" />}>
              <ChevronDown />
            </Dialog.Close>
            <span className="min-w-0 truncate text-small font-medium text-ink-2">{album?.title}</span>
            <IconButton label="Queue" size="l" pressed={queueShown} onClick={() => setQueueShown(!queueShown)}>
              <ListMusic />
            </IconButton>
          </div>
          {queueShown ? (
            <div className="-mx-4 my-2 flex min-h-0 flex-1">
              <QueueList />
            </div>
          ) : (
            <div className="grid min-h-0 flex-1 place-items-center py-4 [container-type:size]">
              <Sleeve item={item} sizes="90vw" eager className="w-[min(100cqw,100cqh)] rounded-l shadow-raised" />
            </div>
          )}
          <div className={cx('flex flex-col', queueShown ? 'gap-2' : 'gap-5')}>
            <div className="min-w-0">
              <Dialog.Title
                className={cx(
                  'font-semibold tracking-tight text-ink-1',
                  queueShown ? 'truncate text-body' : 'line-clamp-2 text-title',
                )}
              >
                {item.title}
              </Dialog.Title>
              <p className="truncate text-body text-ink-2">
                {album ? (
                  <Link to={itemPath(album.id)} onClick={onClose}>
                    {artistOf(item)}
                  </Link>
                ) : (
                  artistOf(item)
                )}
              </p>
            </div>
            <TrackScrubber beneath />
            <Transport large />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
