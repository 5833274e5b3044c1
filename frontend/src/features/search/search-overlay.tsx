import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { Search as Glass } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { cx } from '../../lib/cx.js'
import { pathOf } from '../../lib/paths.js'
import { usePlayTracks } from '../../lib/track-player.js'
import { ErrorState } from '../../ui/state.js'
import { commandsFor, useCommands, type Command } from './commands.js'
import { CommandRow, ItemResult, MoreRow } from './result-rows.js'
import { keptSearches } from './kept-searches.js'
import { rowsOf, type Row } from './rows.js'
import { searchQuery } from './search-query.js'
import { useStore } from '../../lib/store.js'

interface SearchOverlayProps {
  readonly onClose: () => void
  readonly onKeys: () => void
  /** What was typed while this was on its way. */
  readonly takeTyped: () => string
}

/** Finds anything as one types, and does things: the arrows choose, Enter goes there, Escape closes. */
export default function SearchOverlay({ onClose, onKeys, takeTyped }: SearchOverlayProps) {
  const id = useId()
  const navigate = useNavigate()
  const playTracks = usePlayTracks()
  const [typed, setTyped] = useState('')
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const recent = useStore(keptSearches).words
  const commands = useCommands(onKeys)

  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), 90)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useQuery(searchQuery(words))
  const rows = rowsOf({
    words: typed.trim(),
    groups: words ? (found.data?.groups ?? []) : [],
    commands: commandsFor(commands, typed),
    recent,
  })
  const at = rows.findIndex((row, index) => index >= chosen && row.row !== 'heading')
  useEffect(() => setChosen(0), [words])
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const go = (row: Row) => {
    if (row.row === 'recent') return setTyped(row.words)
    if (row.row === 'heading') return
    if (typed.trim() && row.row !== 'command')
      keptSearches.set(({ words: old }) => ({ words: [typed.trim(), ...old.filter(one => one !== typed.trim())].slice(0, 6) }))
    onClose()
    if (row.row === 'command') return (row.command satisfies Command).run()
    if (row.row === 'more') return void navigate(row.to)
    if (row.item.kind === 'track') return playTracks([row.item], 0)
    void navigate(pathOf(row.item), { state: { summary: row.item } })
  }
  const press = (event: KeyboardEvent) => {
    const step = (by: 1 | -1) => {
      let next = at
      do next = (next + by + rows.length) % rows.length
      while (rows[next]?.row === 'heading')
      setChosen(next)
    }
    if (at < 0) return
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key === 'Enter' && rows[at]) go(rows[at])
    else return
    event.preventDefault()
  }
  const quiet = words !== '' && found.isSuccess && !found.isPlaceholderData && found.data.groups.length === 0

  return (
    <Dialog.Root open onOpenChange={open => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup
          aria-label="Search"
          className="appear fixed inset-0 z-50 flex flex-col bg-surface-1 pt-[env(safe-area-inset-top)] md:inset-x-auto md:top-[12vh] md:bottom-auto md:left-1/2 md:max-h-[72vh] md:w-full md:max-w-2xl md:-translate-x-1/2 md:overflow-hidden md:rounded-l md:shadow-raised md:ring-1 md:ring-line"
        >
          <div className="flex items-center gap-3 border-b border-line px-5">
            <Glass className={cx('size-5 shrink-0 text-ink-3', found.isFetching && 'animate-pulse text-accent-ink')} />
            <input
              autoFocus
              role="combobox"
              aria-expanded={rows.length > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
              aria-label="Search"
              placeholder="Films, series, people, music, or what to do"
              value={typed}
              enterKeyHint="go"
              autoComplete="off"
              spellCheck={false}
              onFocus={() => setTyped(now => now + takeTyped())}
              onChange={event => setTyped(event.target.value)}
              onKeyDown={press}
              className="h-14 min-w-0 flex-1 bg-transparent text-body text-ink-1 outline-none placeholder:text-ink-3"
            />
            <Dialog.Close className="rounded-s px-2 py-1 text-small text-ink-3 hover:text-ink-1">
              <span className="md:hidden">Cancel</span>
              <kbd className="font-sans max-md:hidden">Esc</kbd>
            </Dialog.Close>
          </div>
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label="Found"
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2"
          >
            {found.isError ? (
              <ErrorState error={found.error} retry={() => void found.refetch()} className="!py-10" />
            ) : (
              rows.map((row, index) => {
                const props = { id: `${id}-${index}`, active: index === at, onPoint: () => setChosen(index), onGo: () => go(row) }
                if (row.row === 'heading')
                  return (
                    <div
                      key={row.key}
                      role="presentation"
                      className="flex justify-between px-3 pt-3 pb-1.5 text-caption font-medium text-ink-3"
                    >
                      {row.text}
                    </div>
                  )
                if (row.row === 'item') return <ItemResult key={row.key} item={row.item} {...props} />
                if (row.row === 'command')
                  return (
                    <CommandRow
                      key={row.key}
                      icon={row.command.icon}
                      text={row.command.text}
                      shortcut={row.command.shortcut}
                      {...props}
                    />
                  )
                return (
                  <MoreRow
                    key={row.key}
                    recent={row.row === 'recent'}
                    text={row.row === 'recent' ? row.words : row.text}
                    {...props}
                  />
                )
              })
            )}
            {quiet && rows.length === 0 && (
              <p role="status" className="px-3 py-8 text-center text-small text-ink-3">
                Nothing goes by “{words}”. Try fewer letters, or another spelling.
              </p>
            )}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
