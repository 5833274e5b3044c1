import type { Response } from '@projectionist/shared/api/endpoint'
import type { ItemSummary, search } from '@projectionist/shared/api/items'
import { foundPath } from '../../lib/paths.js'
import { capital, count, kindWords } from '../../lib/words.js'
import type { Command } from './commands.js'

export type Groups = Response<typeof search>['groups']

/** A line of the search, from top to bottom; headings are passed over by the arrow keys. */
export type Row =
  | { readonly row: 'heading'; readonly key: string; readonly text: string }
  | { readonly row: 'item'; readonly key: string; readonly item: ItemSummary }
  | { readonly row: 'more'; readonly key: string; readonly text: string; readonly to: string }
  | { readonly row: 'recent'; readonly key: string; readonly words: string }
  | { readonly row: 'command'; readonly key: string; readonly command: Command }

interface RowsParts {
  readonly words: string
  readonly groups: Groups
  readonly commands: readonly Command[]
  readonly recent: readonly string[]
}

/** What is shown for what was typed: what was found by kind, with a way to all of it; then what one can do. */
export function rowsOf({ words, groups, commands, recent }: RowsParts): readonly Row[] {
  const rows: Row[] = []
  for (const { kind, total, items } of groups) {
    if (items.length === 0) continue
    rows.push({ row: 'heading', key: `h-${kind}`, text: capital(kindWords[kind][1]) })
    for (const item of items) rows.push({ row: 'item', key: item.id, item })
    if (total > items.length)
      rows.push({
        row: 'more',
        key: `m-${kind}`,
        text: `All ${count(total)} ${kindWords[kind][1]}`,
        to: foundPath(kind, words),
      })
  }
  if (!words && recent.length > 0) {
    rows.push({ row: 'heading', key: 'h-recent', text: 'Searched for lately' })
    for (const one of recent) rows.push({ row: 'recent', key: `r-${one}`, words: one })
  }
  if (commands.length > 0) {
    rows.push({ row: 'heading', key: 'h-commands', text: words ? 'Do' : 'Go and do' })
    for (const command of commands) rows.push({ row: 'command', key: `c-${command.text}`, command })
  }
  return rows
}
