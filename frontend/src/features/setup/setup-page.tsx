import type { LibraryKind } from '@projectionist/shared/events/media'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useSession } from '../../lib/queries.js'
import { AdminStep } from './admin-step.js'
import { FolderStep } from './folder-step.js'
import { LibraryStep } from './library-step.js'
import { ScanStep } from './scan-step.js'

type Step =
  | { readonly at: 'library' }
  | { readonly at: 'folder'; readonly name: string; readonly kind: LibraryKind }
  | { readonly at: 'scan'; readonly libraryId: string; readonly scanId: string }

/** From nothing to a library that fills: three screens with one thing to do each, then what happens, live. */
export default function SetupPage() {
  const [search] = useSearchParams()
  const signedIn = useSession().status === 'signed-in'
  const navigate = useNavigate()
  const [step, setStep] = useState<Step>({ at: 'library' })

  if (!signedIn) return <AdminStep code={search.get('code') ?? ''} />
  switch (step.at) {
    case 'library':
      return <LibraryStep onNext={(name, kind) => setStep({ at: 'folder', name, kind })} onSkip={() => void navigate('/')} />
    case 'folder':
      return (
        <FolderStep
          name={step.name}
          kind={step.kind}
          onBack={() => setStep({ at: 'library' })}
          onAdded={added => setStep({ at: 'scan', libraryId: added.id, scanId: added.scanId })}
        />
      )
    case 'scan':
      return <ScanStep libraryId={step.libraryId} scanId={step.scanId} onAnother={() => setStep({ at: 'library' })} />
  }
}
