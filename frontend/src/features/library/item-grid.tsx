import { useQuery } from '@tanstack/react-query'
import { Film, SearchX } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { itemsIndexQuery } from '../../lib/item-queries.js'
import { useMe } from '../../lib/queries.js'
import { createStore } from '../../lib/store.js'
import { counted, kindWords } from '../../lib/words.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { shapeOf } from '../../ui/item-picture.js'
import { Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { VirtualGrid, type GridHandle } from '../../ui/virtual-grid.js'
import { GridCell } from './grid-cell.js'
import { ItemRowHead, ItemRowSkeleton } from './item-row.js'
import { LibraryHeading } from './library-heading.js'
import { GridSkeleton } from './grid-skeleton.js'
import { LibraryToolbar } from './library-toolbar.js'
import { marksOf, pagesOf } from './pages.js'
import { Rail } from './rail.js'
import { SelectionBar } from './selection-bar.js'
import { useItemPages } from './use-item-pages.js'
import { useSelection } from './use-selection.js'
import { useSelectionKeys } from './use-selection-keys.js'
import { useView } from './use-view.js'
import { isFiltered, requestOf, type Place } from './view.js'

const ratios = { poster: 2 / 3, still: 16 / 9, square: 1 } as const
/** Least widths of a cell for the six sizes of the slider, px at the usual root size. */
const cellWidths = {
  poster: [92, 116, 144, 176, 216, 264],
  square: [104, 132, 160, 196, 240, 296],
  still: [168, 204, 248, 300, 364, 440],
} as const
/** Two lines of words under a picture. */
const wordsRem = 3

/** A library of anything but photos, as a grid or a list of any length. */
export function ItemGrid({ library }: { library: Place }) {
  const me = useMe()
  const viewing = useView(library)
  const { view, kept } = viewing
  const request = useMemo(() => requestOf(library.id, view), [library.id, view])
  const index = useQuery(itemsIndexQuery(request))
  const pages = useMemo(() => pagesOf(index.data ?? { buckets: [] }), [index.data])
  const marks = useMemo(() => marksOf(index.data ?? { buckets: [] }), [index.data])
  const items = useItemPages(request, pages)
  const selection = useSelection(items.at)
  useSelectionKeys(selection, items.at)
  const handle = useRef<GridHandle>(null)
  const [top] = useState(() => createStore(0))
  const { clear } = selection
  useEffect(clear, [clear, request])

  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const shape = shapeOf(view)
  const asList = kept.layout === 'list'
  const least = (cellWidths[shape][kept.size - 1] ?? 144) * (rem / 16)
  const sizes = `${Math.round(least * 1.3)}px`
  const total = index.data?.total ?? 0
  const hasRail = marks.length > 1 && total > 60

  return (
    <>
      <LibraryHeading
        library={library}
        total={index.data && !index.isPlaceholderData ? counted(total, ...kindWords[view.kind]) : null}
      />
      <LibraryToolbar
        library={library}
        {...viewing}
        selecting={selection.selecting}
        onSelecting={on => (on ? selection.begin() : selection.clear())}
      />
      {index.isError ? (
        <ErrorState error={index.error} retry={() => void index.refetch()} />
      ) : index.isPending ? (
        <GridSkeleton shape={shape} least={least} />
      ) : total === 0 ? (
        isFiltered(view) ? (
          <Empty
            icon={<SearchX />}
            title="Nothing fits all of that"
            action={<Button onClick={viewing.clear}>Clear the filters</Button>}
          >
            Take one of the filters away to see more.
          </Empty>
        ) : (
          <Empty
            icon={<Film />}
            title={`No ${kindWords[view.kind][1]} in here yet`}
            action={me.role === 'admin' && <ButtonLink to="/admin/libraries">See its folders and scans</ButtonLink>}
          >
            {library.scan?.state === 'running'
              ? 'The scan is on its way; they appear as they are found.'
              : 'They appear after the next scan finds them in the library’s folders.'}
          </Empty>
        )
      ) : (
        <div className={hasRail ? 'pl-(--gutter) pr-10 pt-2 md:pr-14' : 'pt-2 gutter'}>
          {asList && <ItemRowHead shape={shape} />}
          <VirtualGrid
            count={total}
            label={library.name}
            cellWidth={asList ? Infinity : least}
            cellHeight={width => (asList ? 4 * rem : width / ratios[shape] + (wordsRem + 0.25) * rem)}
            gap={asList ? 0 : 16 * (rem / 16)}
            rowGap={asList ? 2 : 16 * (rem / 16)}
            onRange={items.show}
            onTop={top.set}
            handle={handle}
            render={at => {
              const item = items.at(at)
              if (!item)
                return asList ? <ItemRowSkeleton /> : <Skeleton className="!rounded-m" style={{ aspectRatio: ratios[shape] }} />
              return (
                <GridCell
                  item={item}
                  index={at}
                  asList={asList}
                  sizes={sizes}
                  selected={selection.selecting ? selection.selected.has(item.id) : undefined}
                  onPick={selection.pick}
                />
              )
            }}
          />
          {items.error !== null && <ErrorState error={items.error} retry={items.retry} />}
        </div>
      )}
      {hasRail && <Rail marks={marks} total={total} top={top} onJump={item => handle.current?.toIndex(item)} />}
      {selection.selecting && <SelectionBar items={[...selection.selected.values()]} onDone={selection.clear} />}
    </>
  )
}
