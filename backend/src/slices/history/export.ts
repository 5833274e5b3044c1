import type { HistoryEntry } from '@projectionist/shared/api/history'

/** Entries to be written, with what ids in them are called. */
export interface ExportPage {
  readonly entries: readonly HistoryEntry[]
  readonly names: Readonly<Record<string, string>>
}

const columns = ['time', 'who', 'device', 'what', 'kind', 'subject', 'title', 'of', 'whose', 'why', 'changes', 'data', 'cause', 'id'] as const

/** The pages as CSV (RFC 4180) that a spreadsheet opens without running anything in it, with names in place of ids. */
export async function* asCsv(pages: AsyncIterable<ExportPage>): AsyncGenerator<string> {
  // Spreadsheets take a file for UTF-8 by this mark.
  yield `\uFEFF${columns.join(',')}\r\n`
  for await (const { entries, names } of pages)
    yield entries.map(entry => `${cellsOf(entry, names).map(cell).join(',')}\r\n`).join('')
}

/** The pages as JSON, an entry a line, as the API tells them; `names` says what ids in a line are called. */
export async function* asJsonLines(pages: AsyncIterable<ExportPage>): AsyncGenerator<string> {
  for await (const { entries, names } of pages)
    yield entries
      .map(entry => {
        const text = JSON.stringify(entry)
        const known = Object.fromEntries(Object.entries(names).filter(([id]) => text.includes(id)))
        return `${JSON.stringify({ ...entry, names: known })}\n`
      })
      .join('')
}

function cellsOf({ at, actorName, deviceName, type, subject, owner, reason, changes, data, correlationId, id }: HistoryEntry, names: ExportPage['names']): string[] {
  const changed = (changes ?? []).map(({ field, from, to }) => `${field}: ${shown(from, names)} → ${shown(to, names)}`).join('; ')
  const number = subject.item && subject.item.episodeNumber !== null ? ` S${subject.item.seasonNumber ?? 0} E${subject.item.episodeNumber}` : ''
  return [
    at, actorName, deviceName ?? '', type, subject.category, subject.id, subject.title ?? '', `${subject.item?.of ?? ''}${number}`, owner?.name ?? '',
    reason, changed, named(JSON.stringify(data), names), correlationId, id,
  ]
}

const shown = (value: unknown, names: ExportPage['names']): string =>
  value === undefined ? 'nothing' : named(typeof value === 'string' ? value : JSON.stringify(value), names)
const named = (text: string, names: ExportPage['names']): string => text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, id => names[id] ?? id)

/** A cell in quotes; what a spreadsheet would take for a formula starts with an apostrophe, and is text. */
export const cell = (text: string): string => `"${(/^\s*[=+\-@|%]|^[\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
