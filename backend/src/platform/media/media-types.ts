/** What a file's name says it is; the probe has the last word. */
export type MediaType = 'video' | 'audio' | 'image'

const extensions: Readonly<Record<MediaType | 'subtitle', string>> = {
  video:
    'mkv mp4 m4v avi mov ts m2ts mts m2t webm mpg mpeg mpe m2v vob wmv asf flv f4v ogv ogm 3gp 3g2 divx xvid rmvb rm dv mxf wtv ' +
    'tp trp nut ivf',
  audio:
    'mp3 flac m4a m4b aac ogg oga opus wav wave aif aiff aifc wma ape wv tta mpc mp+ mpp dsf dff alac caf ac3 eac3 dts mka spx tak shn amr au',
  image: 'jpg jpeg jpe jfif png webp gif heic heif hif avif tif tiff',
  subtitle: 'srt ass ssa vtt sub idx sup smi ttml dfxp mpl usf',
}
const typeOf = new Map(
  (Object.entries(extensions) as [MediaType | 'subtitle', string][]).flatMap(([type, list]) =>
    list.split(' ').map(extension => [extension, type] as const),
  ),
)

/** The extension of a file name in lower case, without the dot; `''` when it has none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

/** A file name without its extension. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** What a file is by its name, if it is of any interest. */
export function typeOfName(name: string): MediaType | 'subtitle' | undefined {
  return typeOf.get(extensionOf(name))
}
