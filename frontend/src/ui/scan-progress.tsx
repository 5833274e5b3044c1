import type { Scan } from '@projectionist/shared/api/libraries'
import { Pause, Play, X } from 'lucide-react'
import { isOpen, scanProgress, scanWords } from '../lib/scans.js'
import { IconButton } from './button.js'
import { Progress } from './progress.js'

interface ScanProgressProps {
  readonly scan: Scan
  readonly onAction: (action: 'pause' | 'resume' | 'cancel') => void
  readonly busy: boolean
}

/** How a scan that is going on stands, and what can be done with it. */
export const ScanProgress = ({ scan, onAction, busy }: ScanProgressProps) =>
  isOpen(scan) && (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <p className="figures mb-1.5 text-small" aria-live="off">
          {scanWords(scan, Date.now())}
        </p>
        <Progress value={scanProgress(scan)} label="The scan" className="!h-1.5" />
      </div>
      {scan.state === 'running' ? (
        <IconButton label="Pause the scan" size="s" disabled={busy} onClick={() => onAction('pause')}>
          <Pause />
        </IconButton>
      ) : (
        <IconButton label="Go on with the scan" size="s" disabled={busy} onClick={() => onAction('resume')}>
          <Play />
        </IconButton>
      )}
      <IconButton label="Cancel the scan; what was found stays" size="s" disabled={busy} onClick={() => onAction('cancel')}>
        <X />
      </IconButton>
    </div>
  )
