import type { ItemSummary } from '@projectionist/shared/api/items'
import { useCallback, useRef, useState } from 'react'

/** Items a person picked, by their place in the list. A range takes what is between it and the last one picked. */
export function useSelection(at: (index: number) => ItemSummary | undefined) {
  const [selected, setSelected] = useState<ReadonlyMap<string, ItemSummary> | null>(null)
  const anchor = useRef<number | null>(null)
  const latest = useRef(at)
  latest.current = at

  const clear = useCallback(() => {
    setSelected(null)
    anchor.current = null
  }, [])
  const begin = useCallback(() => setSelected(now => now ?? new Map()), [])
  const pick = useCallback((index: number, range: boolean) => {
    const from = range && anchor.current !== null ? anchor.current : index
    anchor.current = index
    setSelected(now => {
      const next = new Map(now)
      const one = latest.current(index)
      if (from === index && one && next.has(one.id)) next.delete(one.id)
      else
        for (let place = Math.min(from, index); place <= Math.max(from, index); place++) {
          const item = latest.current(place)
          if (item) next.set(item.id, item)
        }
      return next.size > 0 ? next : null
    })
  }, [])
  return { selected: selected ?? none, selecting: selected !== null, pick, clear, begin }
}

const none: ReadonlyMap<string, ItemSummary> = new Map()
