import { Check, CircleHelp } from 'lucide-react'
import type { PlaybackSession } from '@projectionist/shared/api/playback'
import { bitRate } from '../../lib/words.js'
import { formatName, methodWords, reasonWords } from '../../player/reason-words.js'
import { usePlayerState } from './player-context.js'
import { Panel } from './player-menu.js'

/** What is done to the file and why, in plain words: a word of it in the corner, all of it on a click. */
export function WhyPanel() {
  const session = usePlayerState(state => state.session)
  if (!session) return null
  const { title } = methodWords[session.method]
  return (
    <Panel
      name="why"
      title={headings[session.method]}
      wide
      trigger={
        <button
          type="button"
          className="flex h-9 shrink-0 items-center gap-1.5 rounded-full px-3 text-small font-medium text-ink-2 transition-colors hover:bg-surface-2 hover:text-ink-1 tv:h-14 [&>svg]:size-4"
        >
          {session.method === 'direct' ? <Check aria-hidden="true" /> : <CircleHelp aria-hidden="true" />}
          <span className="max-sm:sr-only">{session.method === 'direct' ? 'Original' : title}</span>
        </button>
      }
    >
      <Explanation session={session} />
    </Panel>
  )
}

const headings = {
  direct: methodWords.direct.title,
  remux: 'Why is this repackaged?',
  transcode: 'Why is this being converted?',
} as const

function Explanation({ session }: { session: PlaybackSession }) {
  const { sends, original, reasons, method } = session
  const soundOnly = method === 'transcode' && sends.video !== null && sends.video === original.video
  const rows = [
    ['Picture', original.video, sends.video],
    ['Sound', original.audio, sends.audio],
    [
      'File',
      [formatName(original.container), original.bitRate === null ? null : bitRate(original.bitRate)].filter(Boolean).join(', '),
      session.method === 'direct' ? 'the same' : 'HLS',
    ],
  ] as const
  return (
    <div className="p-5">
      <h2 className="text-title font-semibold tracking-tight">{headings[method]}</h2>
      <p className="mt-1 text-ink-2">
        {soundOnly ? 'The server converts the sound while you watch; the picture is that of the file.' : methodWords[method].text}
      </p>
      {reasons.length > 0 && (
        <ul className="mt-4 flex flex-col gap-2">
          {reasons.map(reason => (
            <li key={`${reason.subject} ${reason.code} ${reason.detail}`} className="flex gap-2.5 text-ink-1">
              <span className="mt-[0.4375rem] size-1.5 shrink-0 rounded-full bg-accent" aria-hidden="true" />
              {reasonWords(reason)}
            </li>
          ))}
        </ul>
      )}
      <table className="mt-5 w-full border-t border-line text-left">
        <thead>
          <tr className="text-caption text-ink-3">
            <td />
            <th scope="col" className="py-2 pr-4 font-medium">
              The file
            </th>
            <th scope="col" className="py-2 font-medium">
              What is sent
            </th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(([, from, to]) => from || to)
            .map(([name, from, to]) => (
              <tr key={name} className="align-top">
                <th scope="row" className="py-1 pr-4 font-normal text-ink-3">
                  {name}
                </th>
                <td className="py-1 pr-4 text-ink-2">{from || '–'}</td>
                <td className="py-1 text-ink-1">{to === from ? 'the same' : to || '–'}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}
