import { useMemo } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { ApiError } from '../../lib/problem.js'
import { selectionOf, undoPath } from '../../lib/undo.js'
import { Button } from '../../ui/button.js'
import { Page } from '../../ui/page.js'
import { ErrorState } from '../../ui/state.js'
import { Outcome } from './outcome.js'
import { Preview } from './preview.js'

const unreadable = new ApiError({
  type: 'about:blank',
  status: 404,
  code: 'not-found',
  title: 'This address does not say what to take back.',
})

/** Takes something back that an address names, and shows what came of it: `/undo?of=…&id=…`, then `/undo/:undoId`. */
export default function UndoPage() {
  const { undoId } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const selection = useMemo(() => selectionOf(search), [search])
  return (
    <Page
      title={undoId ? 'Taken back' : 'Take it back'}
      words={undoId ? undefined : 'This is what would change. Nothing has been done yet.'}
      narrow
    >
      {undoId ? (
        <Outcome key={undoId} id={undoId} />
      ) : selection ? (
        <Preview
          selection={selection}
          onBegun={id => void navigate(undoPath(id), { replace: true })}
          aside={
            <Button look="bare" onClick={() => void navigate(-1)}>
              Leave it as it is
            </Button>
          }
        />
      ) : (
        <ErrorState error={unreadable} />
      )}
    </Page>
  )
}
