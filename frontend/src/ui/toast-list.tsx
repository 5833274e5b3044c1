import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './button.js'
import { notices, type Notice } from './toast.js'

/** Shows the notices that wait, and those to come. Loaded with the first one, not with the page. */
export default function ToastList() {
  const [manager] = useState(() => Toast.createToastManager())
  useEffect(() => {
    const show = ({ text, detail, action, lastsMs, failed }: Notice) => {
      const id = manager.add({
        title: text,
        timeout: lastsMs,
        priority: failed ? 'high' : 'low',
        ...(detail !== undefined && { description: detail }),
        ...(failed && { type: 'error' }),
        ...(action && {
          actionProps: {
            children: action.label,
            onClick() {
              manager.close(id)
              action.run()
            },
          },
        }),
      })
    }
    const drain = () => {
      const waiting = notices.get()
      if (waiting.length === 0) return
      notices.set([])
      waiting.forEach(show)
    }
    drain()
    return notices.watch(drain)
  }, [manager])
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-[calc(var(--dock)+var(--bar)+1rem+env(safe-area-inset-bottom))] z-60 mx-auto flex w-auto max-w-md flex-col-reverse gap-2 md:right-6 md:left-auto md:mx-0 md:w-full">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

const List = () =>
  Toast.useToastManager().toasts.map(toast => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={['down', 'right']}
      className="rounded-m bg-surface-3 text-ink-1 shadow-raised ring-1 ring-line transition-[opacity,translate] data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-3 data-starting-style:opacity-0 data-[type=error]:ring-loss"
    >
      <Toast.Content className="flex items-center gap-3 py-1.5 pr-1.5 pl-4">
        <div className="min-w-0 flex-1 py-1.5">
          <Toast.Title className="text-small font-medium text-ink-1" />
          <Toast.Description className="text-caption text-ink-2" />
        </div>
        <Toast.Action className="h-9 shrink-0 rounded-s px-3 text-small font-semibold text-accent-ink hover:bg-surface-2" />
        <Toast.Close render={<IconButton label="Dismiss" size="s" />}>
          <X />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
