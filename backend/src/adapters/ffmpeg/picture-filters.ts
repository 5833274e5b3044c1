import type { VideoEncode } from '../../platform/media/stream-plan.js'
import type { Capabilities } from './capabilities.js'

const TRANSFER = { hdr10: 'smpte2084', hlg: 'arib-std-b67' } as const

/** The steps that bring a decoded picture to the planned size, range and format. Turning is done by FFmpeg before them. */
export function pictureFilters(plan: VideoEncode, can: Capabilities): readonly string[] {
  const size = `scale=${plan.width}:${plan.height}:flags=bicubic`
  const deinterlace = plan.deinterlace ? ['bwdif=mode=send_frame'] : []
  if (plan.toneMap === null || !can.filters.has('zscale') || !can.filters.has('tonemap')) return [...deinterlace, size, 'format=yuv420p']
  return [
    ...deinterlace,
    size,
    // Files often leave out what their pixels mean; zscale refuses to guess.
    `setparams=color_primaries=bt2020:color_trc=${TRANSFER[plan.toneMap]}:colorspace=bt2020nc:range=tv`,
    'zscale=transfer=linear:npl=100',
    'format=gbrpf32le',
    'zscale=primaries=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=transfer=bt709:matrix=bt709:range=tv',
    'format=yuv420p',
  ]
}
