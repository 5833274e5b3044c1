import type { ReplayedPlay } from '@projectionist/shared/api/time-travel'
import { count, counted } from '../../lib/words.js'

interface Counted {
  readonly device: string
  readonly plays: number
  readonly was: { readonly direct: number }
  readonly wouldBe: { readonly direct: number }
}

/** `812 of 1,000 plays would have been direct on Chrome; 640 were.` */
export const verdict = ({ device, plays, was, wouldBe }: Counted): string =>
  `${count(wouldBe.direct)} of ${counted(plays, 'play', 'plays')} would have been direct on ${device}; ${count(was.direct)} ${was.direct === 1 ? 'was' : 'were'}.`

/** How a play would be sent, in a word or two. */
export const methodWords: Readonly<Record<ReplayedPlay['wouldBe'], string>> = {
  direct: 'Direct',
  remux: 'Repackaged',
  transcode: 'Converted',
  impossible: 'Not at all',
}
