import type { ItemSummary } from '@projectionist/shared/api/items'
import { rateItem } from '@projectionist/shared/api/playback'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Star } from 'lucide-react'
import { call } from '../../lib/api.js'
import { keptWords, sendOrKeep } from '../../lib/kept-intents.js'
import { usePast } from '../../lib/past.js'
import { itemQuery } from '../../lib/queries.js'
import { isWatched, useMarkWatched } from '../../lib/watched.js'
import { Button, IconButton } from '../../ui/button.js'
import { Menu, MenuChoice, MenuLine, MenuItem } from '../../ui/menu.js'
import { useMarkedToast } from '../../ui/marked-toast.js'
import { notify, notifyError } from '../../ui/toast.js'

/** What a person says of an item for themselves: that they have seen it, and how good it is. */
export const OwnMarks = ({ item }: { item: ItemSummary }) => (
  <div className="flex gap-1">
    <WatchedButton item={item} />
    <RatingMenu item={item} />
  </div>
)

export function WatchedButton({ item }: { item: ItemSummary }) {
  const { watched, busy, turn } = useWatchedMark(item)
  return (
    <IconButton
      command
      label={watched ? `Mark “${item.title}” as unwatched` : `Mark “${item.title}” as watched`}
      pressed={watched}
      look="quiet"
      size="l"
      aria-busy={busy}
      onClick={turn}
    >
      <Check className={watched ? 'stroke-3 text-accent-ink' : undefined} />
    </IconButton>
  )
}

/** In a list: a mark on what was watched; on the rest, what to do, in words, when one comes near (`group/line`). */
export function WatchedLineButton({ item }: { item: ItemSummary }) {
  const { watched, busy, turn } = useWatchedMark(item)
  if (watched)
    return (
      <IconButton command label={`Mark “${item.title}” as unwatched`} pressed size="s" aria-busy={busy} onClick={turn}>
        <Check className="stroke-3 text-accent-ink" />
      </IconButton>
    )
  return (
    <Button
      command
      aria-busy={busy}
      onClick={turn}
      className="!h-8 !px-3 opacity-0 transition-opacity group-focus-within/line:opacity-100 group-hover/line:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100 pointer-coarse:transition-none"
    >
      <span>
        Mark <span className="sr-only">“{item.title}” as </span>watched
      </span>
    </Button>
  )
}

function useWatchedMark(item: ItemSummary) {
  const mark = useMarkWatched()
  const tell = useMarkedToast()
  const watched = isWatched(item)
  const set = (next: boolean) =>
    mark.mutate(
      { items: [item], watched: next },
      {
        onSuccess: marked => tell(`“${item.title}” is marked as ${next ? 'watched' : 'unwatched'}`, marked),
        onError: error => notifyError(error, () => set(next)),
      },
    )
  return { watched, busy: mark.isPending, turn: () => set(!watched) }
}

const ratings = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] as const

/** Five stars for ten, with a half for each odd point. */
const starsOf = (rating: number) => '★'.repeat(rating / 2) + (rating % 2 === 1 ? '½' : '')

function RatingMenu({ item }: { item: ItemSummary }) {
  const client = useQueryClient()
  const own = item.state.rating
  const looking = usePast()
  const rate = useMutation({
    mutationFn: (rating: number | null) =>
      sendOrKeep(
        says => call(rateItem, { params: { id: item.id }, body: { rating, ...says } }),
        says => [{ kind: 'rated', itemId: item.id, rating, ...says }],
      ),
    onSuccess: (done, rating) => {
      const { queryKey } = itemQuery(item.id)
      if ('answer' in done) return client.invalidateQueries({ queryKey })
      client.setQueryData(queryKey, known => known && { ...known, state: { ...known.state, rating } })
      notify({ text: rating === null ? 'The rating is taken back' : `You gave it ${rating} of 10`, detail: keptWords })
    },
    onError: (error, rating) => notifyError(error, () => rate.mutate(rating)),
  })
  const button = (
    <IconButton command label={own === null ? 'Rate it' : `You gave it ${own} of 10`} look="quiet" size="l">
      {own === null ? <Star /> : <span className="figures text-body font-semibold text-accent-ink">{own}</span>}
    </IconButton>
  )
  if (looking) return button
  return (
    <Menu align="start" trigger={button}>
      <div className="grid grid-flow-col grid-rows-5">
        {ratings.map(rating => (
          <MenuChoice key={rating} checked={own === rating} onChange={() => rate.mutate(rating)} detail={starsOf(rating)}>
            {rating}
          </MenuChoice>
        ))}
      </div>
      {own !== null && (
        <>
          <MenuLine />
          <MenuItem onSelect={() => rate.mutate(null)}>Take it back</MenuItem>
        </>
      )}
    </Menu>
  )
}
