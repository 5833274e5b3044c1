import { useQuery } from '@tanstack/react-query'
import { DatabaseZap, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.js'
import { Page } from '../../ui/page.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { ReadModelRow } from './read-model-row.js'
import { readModelsQuery } from './read-models-queries.js'
import { RebuildDialog } from './rebuild-dialog.js'

/** What the server has made from its log to answer from, how it stands, and how to have it made anew. */
export default function ReadModelsPage() {
  const models = useQuery(readModelsQuery)
  const [asking, setAsking] = useState(false)
  return (
    <Page
      title="Read models"
      words="Everything that happened is in the log. What pages show is made from it, and can be made anew at any time."
      actions={
        <Button icon={<RotateCw />} onClick={() => setAsking(true)}>
          Rebuild all
        </Button>
      }
    >
      {models.isError ? (
        <ErrorState error={models.error} retry={() => void models.refetch()} />
      ) : models.isPending ? (
        <Awaiting what="read models" className="flex flex-col gap-2">
          {[0, 1, 2, 3].map(index => (
            <Skeleton key={index} className="h-20 !rounded-l" />
          ))}
        </Awaiting>
      ) : models.data.readModels.length === 0 ? (
        <Empty icon={<DatabaseZap />} title="There are none">
          This server makes nothing from its log.
        </Empty>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-l bg-surface-1 ring-1 ring-line">
          {models.data.readModels.map(model => (
            <ReadModelRow key={model.name} model={model} />
          ))}
        </ul>
      )}
      {asking && <RebuildDialog title="all read models" onClose={() => setAsking(false)} />}
    </Page>
  )
}
