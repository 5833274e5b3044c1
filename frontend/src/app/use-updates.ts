import { useEffect } from 'react'
import { registerSW } from 'virtual:pwa-register'
import { notify } from '../ui/toast.js'

/** Registers the service worker, where the browser allows one, and offers a newer version of the app when there is one. */
export function useUpdates(): void {
  useEffect(() => {
    const update = registerSW({
      onNeedRefresh: () =>
        notify({
          text: 'A new version of Projectionist is ready',
          sticky: true,
          action: { label: 'Reload', run: () => void update(true) },
        }),
    })
  }, [])
}
