import type { ItemSummary } from '@projectionist/shared/api/items'
import { useCallback, useRef, useState } from 'react'

/** Items a person picked, by their place in the list. A range takes what is between it and the last one picked. */
export function useSelection(at: (index: number) => ItemSummary | undefined) {
  const [selected, setSelected] = useState<ReadonlyMap<string, ItemSummary>>(new Map())
  const [selecting, setSelecting] = useState(false)
  const anchor = useRef<number | null>(null)

  const clear = useCallback(() => {
    setSelected(new Map())
    setSelecting(false)
    anchor.current = null
  }, [])
  const pick = (index: number, range: boolean) => {
    const from = range && anchor.current !== null ? anchor.current : index
    const next = new Map(selected)
    const one = at(index)
    if (from === index && one && next.has(one.id)) next.delete(one.id)
    else
      for (let place = Math.min(from, index); place <= Math.max(from, index); place++) {
        const item = at(place)
        if (item) next.set(item.id, item)
      }
    anchor.current = index
    setSelected(next)
    setSelecting(next.size > 0)
  }
  return {
    selected,
    selecting,
    pick,
    clear,
    setSelecting: (on: boolean) => (on ? setSelecting(true) : clear()),
  }
}
