import type { VideoEncode } from '../../platform/media/stream-plan.js'

/**
 * Options of the H.264 encoder: x264 in software. Encoders in hardware will take their place here, chosen by what
 * `Capabilities` lists and a trial run proves. No keyframe but where one is asked for, and each of them closes its group.
 */
export function h264Encoder(plan: VideoEncode): readonly string[] {
  return [
    '-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-profile:v', 'high', '-level:v', (plan.level / 10).toFixed(1),
    '-crf', '21', '-maxrate', String(plan.bitRate), '-bufsize', String(plan.bitRate * 2),
    '-g', '100000', '-sc_threshold', '0', '-forced-idr', '1', '-x264-params', 'open-gop=0',
  ]
}
