import { useQuery } from '@tanstack/react-query'
import type { Elsewhere } from '../../lib/elsewhere.js'
import { usePlayingElsewhere } from '../../lib/playing-elsewhere.js'
import { itemQuery } from '../../lib/queries.js'
import { PlayingElsewhere } from '../../ui/playing-elsewhere.js'

const watched: ReadonlySet<string> = new Set(['film', 'episode', 'video'])

/** What the person watches on another device at this moment. */
export function HomePlayingElsewhere() {
  const { playing, nowMs } = usePlayingElsewhere()
  if (playing.length === 0) return null
  return (
    <div className="flex flex-col gap-2 gutter">
      {playing.map(there => (
        <One key={there.itemId} there={there} nowMs={nowMs} />
      ))}
    </div>
  )
}

function One({ there, nowMs }: { there: Elsewhere; nowMs: number }) {
  const { data: item } = useQuery(itemQuery(there.itemId))
  // Music has a player of its own, which goes on elsewhere in its own way.
  return item && watched.has(item.kind) ? <PlayingElsewhere there={there} nowMs={nowMs} title={item.title} /> : null
}
