import { Fragment } from 'react'
import { viewerKeyHelp } from '../features/photos/viewer-keys.js'
import { keyHelp } from '../player/keymap.js'
import { Dialog } from '../ui/dialog.js'

const keys: readonly (readonly [title: string, rows: readonly (readonly [keys: string, does: string])[]])[] = [
  [
    'Everywhere',
    [
      ['/ or Ctrl K', 'Search'],
      ['?', 'These keys'],
      ['G H', 'Home'],
      ['G L', 'Libraries'],
      ['G A', 'Activity'],
      ['G Y', 'History'],
      ['G P', 'Preferences'],
      ['Arrows', 'From card to card'],
      ['Esc', 'Close; go back on a television'],
    ],
  ],
  [
    'Library',
    [
      ['X', 'Select the card in focus'],
      ['Shift X', 'Select up to it'],
      ['W', 'Mark what is selected as watched'],
      ['E', 'Edit what is selected, or the item'],
      ['Esc', 'Select nothing'],
    ],
  ],
  ['Photos', viewerKeyHelp.map(({ keys, does }) => [keys.join(' '), does])],
  ['Player', keyHelp.map(({ keys, does }) => [keys.join(' '), does])],
]

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keys" wide="widest">
      <div className="gap-10 pb-4 md:columns-2 lg:columns-3">
        {keys.map(([title, rows]) => (
          <section key={title} className="mb-7 break-inside-avoid">
            <h3 className="mb-2.5 text-small font-semibold">{title}</h3>
            <dl className="grid grid-cols-[7rem_1fr] items-baseline gap-x-4 gap-y-2 text-small">
              {rows.map(([key, does]) => (
                <Fragment key={key + does}>
                  <dt>
                    <kbd className="rounded-s bg-surface-2 px-1.5 py-0.5 font-sans whitespace-nowrap text-ink-1">{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
