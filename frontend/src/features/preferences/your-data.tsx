import { exportMe } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { Download, Eraser } from 'lucide-react'
import { useState } from 'react'
import { call } from '../../lib/api.js'
import { Button } from '../../ui/button.js'
import { Panel } from '../../ui/page.js'
import { Text } from '../../ui/text.js'
import { notify, notifyError } from '../../ui/toast.js'
import { EraseDialog } from './erase-dialog.js'

/** Everything of one's own, to take along or to have erased. */
export function YourData() {
  const [erasing, setErasing] = useState(false)
  const take = useMutation({
    mutationFn: () => call(exportMe),
    onSuccess({ url }) {
      download(url)
      notify({ text: 'Your data is on its way: look among your downloads' })
    },
    onError: error => notifyError(error, () => take.mutate()),
  })
  return (
    <Panel className="divide-y divide-line !py-0">
      <div className="flex flex-wrap items-center justify-between gap-4 py-5">
        <div className="min-w-0 flex-1 basis-64">
          <Text className="font-medium text-ink-1">Take it along</Text>
          <Text className="text-ink-3">
            One file with your account, your devices, what you watched and rated, and everything that happened, as tables and in
            full.
          </Text>
        </div>
        <Button icon={<Download />} busy={take.isPending} onClick={() => take.mutate()}>
          Download my data
        </Button>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-4 py-5">
        <div className="min-w-0 flex-1 basis-64">
          <Text className="font-medium text-ink-1">Leave for good</Text>
          <Text className="text-ink-3">Your account and everything of yours is erased. This cannot be undone.</Text>
        </div>
        <Button icon={<Eraser />} onClick={() => setErasing(true)}>
          Erase my account …
        </Button>
      </div>
      {erasing && <EraseDialog onClose={() => setErasing(false)} />}
    </Panel>
  )
}

/** Lets the browser fetch and keep a file, beside the page. */
function download(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
