import { useSyncExternalStore } from 'react'

/** Parts of Safari's own full screen and floating window that are in no standard type. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void
  webkitSupportsPresentationMode?: (mode: string) => boolean
  webkitSetPresentationMode?: (mode: 'inline' | 'picture-in-picture') => void
  webkitPresentationMode?: string
}

/** The whole page goes full screen, so that controls and menus do, too; phones that only know full-screen videos get that. */
export async function toggleFullScreen(video: AppleVideo): Promise<void> {
  try {
    if (document.fullscreenElement) return await document.exitFullscreen()
    if (document.documentElement.requestFullscreen) await document.documentElement.requestFullscreen({ navigationUI: 'hide' })
    else video.webkitEnterFullscreen?.()
  } catch {
    // Refused by the browser or a frame around us; there is nothing a person could do about it here.
  }
}

export const canPictureInPicture = (video: AppleVideo) =>
  document.pictureInPictureEnabled || video.webkitSupportsPresentationMode?.('picture-in-picture') === true

export async function togglePictureInPicture(video: AppleVideo): Promise<void> {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture()
    else if (document.pictureInPictureEnabled) await video.requestPictureInPicture()
    else
      video.webkitSetPresentationMode?.(video.webkitPresentationMode === 'picture-in-picture' ? 'inline' : 'picture-in-picture')
  } catch {
    // There is no picture yet, or the browser says no.
  }
}

const watchFullScreen = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}
export const useFullScreen = () => useSyncExternalStore(watchFullScreen, () => document.fullscreenElement !== null)
