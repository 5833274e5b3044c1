import type { LibraryKind } from '@projectionist/shared/events/media'
import { useState } from 'react'
import { libraryKindWords } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { TextField } from '../../ui/field.js'
import { KindChoice } from '../../ui/kind-choice.js'
import { Threshold } from '../../ui/threshold.js'

/** Names the first library and says what is in it. */
export function LibraryStep({ onNext, onSkip }: { onNext: (name: string, kind: LibraryKind) => void; onSkip: () => void }) {
  const [kind, setKind] = useState<LibraryKind>('films')
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? libraryKindWords[kind]
  return (
    <Threshold
      wide
      step={{ at: 2, of: 3 }}
      title="What shall we start with?"
      words="One library for each kind of thing. You can add more at any time."
    >
      <title>Set up · Projectionist</title>
      <form
        className="flex flex-col gap-6"
        onSubmit={event => {
          event.preventDefault()
          onNext(name.trim(), kind)
        }}
      >
        <KindChoice value={kind} onChange={setKind} />
        <TextField label="Name" value={name} onChange={setTyped} required maxLength={100} />
        <div className="flex items-center justify-between gap-2">
          <Button look="bare" onClick={onSkip}>
            Not now
          </Button>
          <Button look="loud" size="l" type="submit" disabled={!name.trim()}>
            Choose its folder
          </Button>
        </div>
      </form>
    </Threshold>
  )
}
