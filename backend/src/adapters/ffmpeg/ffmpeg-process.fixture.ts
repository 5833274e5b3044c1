import { startFfmpeg } from './ffmpeg-process.js'

/** Starts what would run for ten minutes, in FFmpeg's place, and says its number. */
process.send?.(startFfmpeg('sleep', ['600']).pid)
