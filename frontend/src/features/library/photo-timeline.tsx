import type { Library } from '@projectionist/shared/api/libraries'
import { useQuery } from '@tanstack/react-query'
import { ImageOff } from 'lucide-react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { itemsIndexQuery, type IndexRequest } from '../../lib/item-queries.js'
import { createStore } from '../../lib/store.js'
import { counted } from '../../lib/words.js'
import { Slider } from '../../ui/slider.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { useLongScroll } from '../../ui/use-long-scroll.js'
import { GridSkeleton } from './grid-skeleton.js'
import type { Justified } from './justified.js'
import { LibraryHeading } from './library-heading.js'
import { marksOf, pagesOf } from './pages.js'
import { Rail } from './rail.js'
import { layOut, offsetsOf, sectionAt, sectionsOf } from './timeline-layout.js'
import { TimelineSection } from './timeline-section.js'
import { useItemPages } from './use-item-pages.js'
import { useView } from './use-view.js'

const rowHeights = [96, 132, 172, 216, 272, 340]

/** Photos by month, newest first, in rows that crop nothing; any month of a million is one jump away. */
export default function PhotoTimeline({ library }: { library: Library }) {
  const { kept, keep } = useView(library)
  const request = useMemo<IndexRequest>(
    () => ({ library: library.id, kind: ['photo', 'video'], sort: 'taken', order: 'desc' }),
    [library.id],
  )
  const index = useQuery(itemsIndexQuery(request))
  const data = index.data
  const sections = useMemo(() => sectionsOf(data ?? { buckets: [] }), [data])
  const marks = useMemo(() => marksOf(data ?? { buckets: [] }), [data])
  const pages = useMemo(() => pagesOf(data ?? { buckets: [] }), [data])
  const items = useItemPages(request, pages)
  const { show, at } = items
  const [top] = useState(() => createStore(0))
  const [width, setWidth] = useState(0)
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const rowHeight = (rowHeights[kept.size - 1] ?? 172) * (width < 600 ? 0.7 : rem / 16)
  const shape = useMemo(() => ({ width, rowHeight, gap: 4, headingHeight: 3.5 * rem }), [width, rowHeight, rem])

  const [laid, setLaid] = useState<{ for: unknown; known: ReadonlyMap<number, Justified> }>({ for: null, known: new Map() })
  const known = laid.for === shape ? laid.known : empty
  const offsets = useMemo(() => offsetsOf(sections, known, shape), [sections, known, shape])
  const total = offsets.at(-1) ?? 0

  // The section at the top of the screen keeps its place when those above turn out higher or lower than thought.
  const anchor = useRef({ section: 0, offset: 0 })
  const onScroll = useCallback(
    (y: number) => {
      const section = sectionAt(offsets, y)
      anchor.current = { section, offset: y - (offsets[section] ?? 0) }
      const of = sections[section]
      if (!of) return
      const share = (y - offsets[section]!) / Math.max(1, offsets[section + 1]! - offsets[section]!)
      top.set(Math.min(of.start + of.count - 1, of.start + Math.floor(of.count * Math.min(1, share))))
    },
    [offsets, sections, top],
  )
  const scroll = useLongScroll({ total, step: 240, overscan: 900, onScroll })
  const { scrollTo } = scroll
  const before = useRef(offsets)
  useLayoutEffect(() => {
    const { section, offset } = anchor.current
    const moved = (offsets[section] ?? 0) - (before.current[section] ?? 0)
    const same = before.current.length === offsets.length
    before.current = offsets
    if (same && Math.abs(moved) > 1) scrollTo(offsets[section]! + offset)
  }, [offsets, scrollTo])

  const first = sectionAt(offsets, scroll.from)
  const last = sectionAt(offsets, scroll.to)
  const from = sections[first]?.start ?? 0
  const to = (sections[last]?.start ?? 0) + Math.max(0, (sections[last]?.count ?? 0) - 1)
  useEffect(() => show(from, to), [show, from, to])

  // Sections whose pictures have come are laid out for good.
  useEffect(() => {
    if (width === 0) return
    const next = new Map(known)
    for (let number = first; number <= last; number++) {
      const section = sections[number]
      if (!section || next.has(number)) continue
      const photos = Array.from({ length: section.count }, (_, place) => at(section.start + place))
      if (photos.every(photo => photo !== undefined)) next.set(number, layOut(photos, shape))
    }
    if (next.size > known.size) setLaid({ for: shape, known: next })
  }, [width, known, first, last, sections, at, shape])
  useEffect(() => setLaid({ for: null, known: new Map() }), [sections])

  useEffect(() => {
    const element = scroll.ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroll.ref, data])

  if (index.isError) return <ErrorState error={index.error} retry={() => void index.refetch()} />
  const jump = (item: number) => {
    const section = sections.findLastIndex(one => one.start <= item)
    const of = sections[section]
    if (of)
      scrollTo(offsets[section]! + ((item - of.start) / Math.max(1, of.count)) * (offsets[section + 1]! - offsets[section]!))
  }
  return (
    <>
      <div className="flex items-end justify-between gap-4">
        <LibraryHeading library={library} total={data ? counted(data.total, 'photo or video', 'photos and videos') : null} />
        <Slider
          label="Size of the photos"
          value={kept.size}
          min={1}
          max={6}
          onChange={size => keep({ size })}
          className="mr-16 mb-2 max-md:hidden"
        />
      </div>
      {index.isPending ? (
        <GridSkeleton shape="square" least={160} />
      ) : data?.total === 0 ? (
        <Empty icon={<ImageOff />} title="No photos or videos in here yet">
          They appear after a scan finds them in the library’s folders.
        </Empty>
      ) : (
        <div className="pr-10 pl-(--gutter) md:pr-14">
          <div ref={scroll.ref} className="relative" style={{ height: scroll.height }} data-arrows>
            {width > 0 &&
              sections
                .slice(first, last + 1)
                .map((section, place) => (
                  <TimelineSection
                    key={`${section.key}-${section.start}`}
                    section={section}
                    layout={known.get(first + place)}
                    shape={shape}
                    top={offsets[first + place]! - scroll.shift}
                    height={offsets[first + place + 1]! - offsets[first + place]!}
                    at={at}
                    visible={{ from: scroll.from - offsets[first + place]!, to: scroll.to - offsets[first + place]! }}
                  />
                ))}
          </div>
          {items.error !== null && <ErrorState error={items.error} retry={items.retry} />}
        </div>
      )}
      {marks.length > 1 && data && <Rail marks={marks} total={data.total} top={top} onJump={jump} />}
    </>
  )
}

const empty: ReadonlyMap<number, Justified> = new Map()
