import type { Item } from '@projectionist/shared/api/items'
import { Maximize2 } from 'lucide-react'
import { photoPath } from '../../lib/paths.js'
import { wholeDate } from '../../lib/time-words.js'
import { ButtonLink } from '../../ui/button.js'
import { ItemHeader } from './item-header.js'
import { ItemTabs } from './item-tabs.js'
import { About } from './about.js'

/** The facts of a photo; the viewer shows the photo itself. */
export const PhotoPage = ({ item }: { item: Item }) => (
  <>
    <ItemHeader
      item={item}
      facts={
        <span>
          {[item.takenAt && wholeDate(item.takenAt), item.width && item.height && `${item.width}×${item.height}`, item.camera]
            .filter(Boolean)
            .join('  ·  ')}
        </span>
      }
    >
      <ButtonLink look="loud" size="l" className="mt-6" to={photoPath(item.id, item.libraryId)} icon={<Maximize2 />}>
        Look at it
      </ButtonLink>
    </ItemHeader>
    <ItemTabs item={item} label="About" first={<About item={item} />} />
  </>
)
