import { useLayoutEffect, useRef } from 'react'

/** Whether a key is pressed by itself, and nobody has used it yet. */
export const isPlain = ({ defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !(defaultPrevented || ctrlKey || metaKey || altKey)

/**
 * Calls `press`, as it was last rendered, at each key that is pressed anywhere on the page, from the moment the component can be
 * seen. `capture`: before the page's own keys (arrows move the focus), and before the element that has the focus.
 */
export function useKeyDown(
  press: (event: KeyboardEvent) => void,
  { capture = false }: { readonly capture?: boolean } = {},
): void {
  const latest = useRef(press)
  useLayoutEffect(() => {
    latest.current = press
  })
  // Not in a passive effect: a key pressed right when the page appears would come too early for that.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event)
    addEventListener('keydown', listen, { capture })
    return () => removeEventListener('keydown', listen, { capture })
  }, [capture])
}
