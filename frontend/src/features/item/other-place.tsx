import type { Item } from '@projectionist/shared/api/items'
import { X } from 'lucide-react'
import { otherPlaceWords, useDismissOtherPlace } from '../../lib/other-place.js'
import { watchPath } from '../../lib/paths.js'
import { ButtonLink, IconButton } from '../../ui/button.js'

/** A place on another device that knew nothing of the one Resume goes to: theirs to choose, or to close for good. */
export function OtherPlace({ item }: { item: Item }) {
  const dismiss = useDismissOtherPlace()
  const place = item.state.elsewhere
  if (!place) return null
  return (
    <div role="status" className="mt-5 flex max-w-full flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-2" data-arrows>
      <span className="figures">{otherPlaceWords(place, Date.now())}</span>
      {item.available && (
        <ButtonLink look="quiet" to={watchPath(item.id, { startMs: place.positionMs })}>
          Go there
        </ButtonLink>
      )}
      <IconButton label="Do not tell me of it again" size="s" onClick={() => dismiss(item.id, place)}>
        <X />
      </IconButton>
    </div>
  )
}
