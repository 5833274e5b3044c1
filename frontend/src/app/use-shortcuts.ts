import { useRef } from 'react'
import { useNavigate } from 'react-router'
import { isTelevision } from '../lib/preferences.js'
import { isDialogOpen, isMenuOpen } from '../ui/open-dialog.js'
import { isPlain, useKeyDown } from '../ui/use-key-down.js'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Where `g` and a letter lead. */
const goTo: Readonly<Record<string, string>> = { h: '/', l: '/libraries', a: '/activity', y: '/history', p: '/preferences' }

/** Keys that work on every page: `/` and Ctrl-K search, `?` shows the keys, `g` then a letter goes somewhere. */
export function useShortcuts({ search, keys }: { search: () => void; keys: () => void }): void {
  const navigate = useNavigate()
  const going = useRef(false)
  useKeyDown(event => {
    if (event.defaultPrevented) return
    const k = event.key.toLowerCase()
    if ((event.ctrlKey || event.metaKey) && k === 'k' && !event.altKey && !event.shiftKey) {
      event.preventDefault()
      return search()
    }
    if (event.key === 'Escape' && isTelevision() && !isDialogOpen() && !isMenuOpen())
      return void navigate(-1)
    if (!isPlain(event) || typing(event.target) || isDialogOpen()) return
    const to = going.current ? goTo[k] : undefined
    going.current = k === 'g' && !going.current
    if (to) void navigate(to)
    else if (event.key === '/') search()
    else if (event.key === '?') keys()
    else return
    event.preventDefault()
  })
}
