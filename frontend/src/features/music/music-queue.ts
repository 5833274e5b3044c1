/** Plays items from an index on, in place of what is in the queue: what pages with tracks on them call. */
export { playTracks } from './music-player.js'
