import type { ItemSummary } from '@projectionist/shared/api/items'
import type { ComponentType } from 'react'

const found = import.meta.glob(['../features/playback/watch-page.tsx', '../features/photos/photo-page.tsx', '../features/music/music-bar.tsx', '../features/music/music-queue.ts'])
const load = async (path: string): Promise<never> => (found[path] ? ((await found[path]()) as never) : ({ default: () => null, MusicBar: () => null, playTracks() {} } as never))
export const watchPage = () => load('../features/playback/watch-page.tsx') as Promise<{ default: ComponentType }>
export const photoPage = () => load('../features/photos/photo-page.tsx') as Promise<{ default: ComponentType }>
export const musicBar = () => load('../features/music/music-bar.tsx') as Promise<{ MusicBar: ComponentType }>
export const musicQueue = () => load('../features/music/music-queue.ts') as Promise<{ playTracks(items: ItemSummary[], startIndex: number): void }>
