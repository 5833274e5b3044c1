import { useQuery } from '@tanstack/react-query'
import { counted } from '../../lib/words.js'
import { Panel } from '../../ui/page.js'
import { Progress } from '../../ui/progress.js'
import { Text } from '../../ui/text.js'
import { erasuresQuery } from './users-queries.js'

/** What is still being deleted of people who are gone. They go on by themselves, also after a restart. */
export function ErasuresUnderWay() {
  const erasures = useQuery(erasuresQuery).data ?? []
  if (erasures.length === 0) return null
  return (
    <Panel className="mt-6 flex flex-col gap-4">
      {erasures.map(({ userId, streams, progress }) => (
        <div key={userId}>
          <Text className="font-medium text-ink-1">Erasing someone who left</Text>
          <Text className="mb-2 text-ink-3">
            They can no longer sign in, and nobody sees anything of theirs. {counted(streams, 'record', 'records')} deleted so
            far.
          </Text>
          <Progress value={progress} label="Looked through for what is theirs" />
        </div>
      ))}
    </Panel>
  )
}
