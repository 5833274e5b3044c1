import { otherPlaceWords, useDismissOtherPlace } from '../../lib/other-place.js'
import { Button } from '../../ui/button.js'
import { Strip } from './notices.js'
import { usePlayer, usePlayerState } from './player-context.js'

/** “You also got to 1:02:10 on Tablet, on Tuesday.”, with the way there. Stays until it is answered. */
export function OtherPlaceNote() {
  const { engine, item } = usePlayer()
  const ready = usePlayerState(state => state.phase === 'ready')
  const dismiss = useDismissOtherPlace()
  const place = item?.state.elsewhere
  if (!place || !ready) return null
  const close = () => dismiss(item.id, place)
  return (
    <Strip onClose={close}>
      <span className="figures">{otherPlaceWords(place, Date.now())}</span>
      <Button
        onClick={() => {
          close()
          engine.seek(place.positionMs)
        }}
      >
        Go there
      </Button>
    </Strip>
  )
}
