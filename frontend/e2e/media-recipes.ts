/** A file and how FFmpeg makes it: arguments of each input, then those of the output. */
export interface Recipe {
  readonly path: string
  readonly inputs: readonly (readonly string[])[]
  readonly output: readonly string[]
}

/** A moving picture that shows its own time code. */
const picture = (size: string, seconds: number, rate = 24): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
]
const tone = (hertz: number, seconds: number): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=${hertz}:sample_rate=48000:duration=${seconds}`,
]
const file = (name: string): readonly string[] => ['-i', name]
/** A still that is one colour on one side and another on the other. */
const gradient = (size: string, from: string, to: string): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `gradients=size=${size}:c0=${from}:c1=${to}:duration=1:seed=7`,
]
const still = ['-frames:v', '1', '-q:v', '3']

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '48']
const aac = ['-c:a', 'aac', '-b:a', '96k', '-ac', '2']

export const videos: readonly Recipe[] = [
  {
    path: 'films/The Long Take (2021)/The Long Take (2021).mp4',
    inputs: [picture('1920x1080', 60), tone(440, 60)],
    output: [...h264, ...aac, '-shortest', '-movflags', '+faststart'],
  },
  {
    path: 'films/Two Voices (2019)/Two Voices (2019).mkv',
    inputs: [picture('1280x720', 40), tone(330, 40), tone(660, 40), file('english.srt'), file('german.srt')],
    output: [
      ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-map', '4:s'],
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:keyint=48', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'ac3', '-b:a', '192k', '-ac', '2', '-c:s', 'srt'],
      ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu'],
      ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=deu'],
    ],
  },
  {
    // Ten minutes without the work of encoding them: too long to be converted before somebody looks for its end.
    path: 'films/The Long Way (2015).mkv',
    inputs: [['-stream_loop', '14', ...file('films/Two Voices (2019)/Two Voices (2019).mkv')]],
    output: ['-map', '0:v', '-map', '0:a:0', '-c', 'copy', '-t', '600'],
  },
  {
    path: 'films/Old Reel (1998).avi',
    inputs: [picture('640x480', 30, 25), tone(220, 30)],
    output: ['-c:v', 'mpeg4', '-q:v', '5', '-c:a', 'libmp3lame', '-b:a', '96k', '-ac', '2', '-shortest'],
  },
  ...[1, 2, 3].map(episode => ({
    path: `shows/The Booth (2020)/Season 01/The Booth S01E0${episode}.mp4`,
    inputs: [picture('640x360', 20), tone(200 + 100 * episode, 20)],
    output: [...h264, ...aac, '-shortest', '-movflags', '+faststart'],
  })),
  {
    path: 'home-videos/2022/Picnic.mp4',
    inputs: [picture('640x360', 10), tone(500, 10)],
    output: [...h264, ...aac, '-shortest', '-movflags', '+faststart', '-metadata', 'creation_time=2022-08-14T15:20:00Z'],
  },
]

export const posters: readonly Recipe[] = [
  { path: 'films/The Long Take (2021)/poster.jpg', inputs: [gradient('600x900', '0x20405c', '0xe8a33d')], output: still },
  { path: 'shows/The Booth (2020)/poster.jpg', inputs: [gradient('600x900', '0x5c2030', '0xd9c6a5')], output: still },
]

const ALBUM = 'music/The Carbon Arcs/Intermission'
const track = (number: number, title: string, name: string, codec: readonly string[]): Recipe => ({
  path: `${ALBUM}/${name}`,
  inputs: [tone(250 + 50 * number, 8), file(`${ALBUM}/cover.jpg`)],
  output: [
    ...['-map', '0:a', '-map', '1:v', ...codec, '-c:v', 'copy', '-disposition:v', 'attached_pic', '-id3v2_version', '3'],
    ...['-metadata', `title=${title}`, '-metadata', 'artist=The Carbon Arcs', '-metadata', 'album_artist=The Carbon Arcs'],
    ...[
      '-metadata',
      'album=Intermission',
      '-metadata',
      `track=${number}/3`,
      '-metadata',
      'date=2018',
      '-metadata',
      'genre=Ambient',
    ],
  ],
})

export const albums: readonly Recipe[] = [
  {
    path: `${ALBUM}/cover.jpg`,
    inputs: [gradient('600x600', '0xffb347', '0x1a1410')],
    output: still,
  },
  track(1, 'House Lights', '01 House Lights.flac', ['-c:a', 'flac']),
  track(2, 'Reel Change', '02 Reel Change.flac', ['-c:a', 'flac']),
  track(3, 'Last Row', '03 Last Row.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']),
]

export const photos = [
  { path: 'photos/2023/beach.jpg', color: '#3b7ea1', width: 1600, height: 1067, takenAt: '2023:07:14 10:30:00' },
  { path: 'photos/2023/forest.webp', color: '#3c5a3a', width: 1067, height: 1600, takenAt: '2023:10:02 16:05:00' },
  { path: 'photos/2024/snow.avif', color: '#dfe7ee', width: 1200, height: 800, takenAt: '2024:01:20 09:00:00' },
  { path: 'photos/2024/dusk.jpg', color: '#c7633b', width: 1600, height: 900, takenAt: '2024:06:21 21:45:00' },
] as const

export const subtitles: Readonly<Record<string, string>> = {
  'english.srt':
    '1\n00:00:01,000 --> 00:00:04,000\nHello from the booth.\n\n2\n00:00:10,000 --> 00:00:14,000\nChange the reel.\n',
  'german.srt':
    '1\n00:00:01,000 --> 00:00:04,000\nHallo aus der Kabine.\n\n2\n00:00:10,000 --> 00:00:14,000\nWechsle die Rolle.\n',
}

/** What stands beside the media. */
export const texts: Readonly<Record<string, string>> = {
  'films/The Long Take (2021)/The Long Take (2021).nfo': `<?xml version="1.0" encoding="UTF-8"?>
<movie>
  <title>The Long Take</title>
  <year>2021</year>
  <plot>A projectionist keeps one reel running through a single night.</plot>
  <genre>Drama</genre>
  <actor><name>Ada Winter</name><role>The projectionist</role></actor>
</movie>
`,
}
