import type { PlaybackSession } from '@projectionist/shared/api/playback'

type Subtitle = PlaybackSession['subtitles'][number]

/** Text tracks of a media element; cues are shown by whoever listens, so that they can be styled and moved. */
export interface SubtitleTracks {
  /** Takes the place of all tracks there were; only those with an address are added. */
  readonly offer: (subtitles: readonly Subtitle[]) => void
  /** Shows the track with this stream index, none for -1 or an index that is not there. */
  readonly choose: (index: number) => void
  readonly clear: () => void
}

const handOvers = [
  ['webkitbeginfullscreen', true],
  ['webkitendfullscreen', false],
  ['enterpictureinpicture', true],
  ['leavepictureinpicture', false],
] as const

const noCues: readonly VTTCue[] = []

export function subtitleTracks(
  media: HTMLMediaElement,
  on: { readonly cues: (cues: readonly VTTCue[]) => void; readonly failed: (index: number) => void },
): SubtitleTracks {
  let elements = new Map<number, HTMLTrackElement>()
  let chosen = -1
  // In the system's own full screen and floating window only the browser can draw cues.
  let drawnByBrowser = false
  const apply = () => {
    // `hidden` loads the cues and says when they change; a `disabled` track does neither.
    for (const [at, { track }] of elements) track.mode = at !== chosen ? 'disabled' : drawnByBrowser ? 'showing' : 'hidden'
  }
  for (const [event, drawn] of handOvers) {
    media.addEventListener(event, () => {
      drawnByBrowser = drawn
      apply()
    })
  }

  const add = (subtitle: Subtitle, url: string) => {
    const element = document.createElement('track')
    element.kind = 'subtitles'
    element.label = subtitle.label
    if (subtitle.language !== null) element.srclang = subtitle.language
    element.src = url
    element.addEventListener('error', () => on.failed(subtitle.index))
    media.append(element)
    element.track.mode = 'disabled'
    element.track.addEventListener('cuechange', () => {
      if (element.track.mode !== 'disabled') on.cues([...(element.track.activeCues ?? [])] as VTTCue[])
    })
    return [subtitle.index, element] as const
  }
  const clear = () => {
    for (const element of elements.values()) element.remove()
    elements = new Map()
    on.cues(noCues)
  }
  return {
    clear,
    offer: subtitles => {
      clear()
      elements = new Map(subtitles.flatMap(subtitle => (subtitle.url === null ? [] : [add(subtitle, subtitle.url)])))
    },
    choose: index => {
      on.cues(noCues)
      chosen = index
      apply()
    },
  }
}
