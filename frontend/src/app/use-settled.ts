import { useEffect, useState } from 'react'

/** True once the first page has had its turn: what can wait is fetched from then on. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 1500)
    return () => clearTimeout(timer)
  }, [])
  return settled
}
