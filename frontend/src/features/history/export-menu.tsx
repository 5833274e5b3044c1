import { Download } from 'lucide-react'
import { useState } from 'react'
import { saveHistory, type EntryFilter } from '../../lib/history.js'
import { Button } from '../../ui/button.js'
import { Menu, MenuItem } from '../../ui/menu.js'
import { notifyError } from '../../ui/toast.js'

/** Takes what is looked at home, as a file. */
export function ExportMenu({ filter }: { filter: EntryFilter }) {
  const [busy, setBusy] = useState(false)
  const save = async (format: 'csv' | 'jsonl') => {
    setBusy(true)
    await saveHistory(filter, format).catch((error: unknown) => notifyError(error, () => void save(format)))
    setBusy(false)
  }
  return (
    <Menu
      trigger={
        <Button icon={<Download />} busy={busy}>
          Export
        </Button>
      }
    >
      <MenuItem onSelect={() => void save('csv')}>For a spreadsheet (CSV)</MenuItem>
      <MenuItem onSelect={() => void save('jsonl')}>For programs (JSON lines)</MenuItem>
    </Menu>
  )
}
