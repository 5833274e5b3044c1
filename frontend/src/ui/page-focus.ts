import { useEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import { focusGoal, markOf, type FocusMark } from '../lib/focus-place.js'
import { isTelevision } from '../lib/preferences.js'
import { beginning, focused, within } from './focusable.js'
import { isDialogOpen } from './open-dialog.js'

/** How long to wait for what a page is to begin with, or what was left, to come. */
const patienceMs = 5_000
/** After this, a page that awaits nothing and has no loud button, item or list begins with whatever is first. */
const graceMs = 600

/** Where the focus was left, by entry of the browser's history. */
const left = new Map<string, FocusMark>()
let lastTouched: HTMLElement | null = null
let keysWereLast = false
addEventListener('keydown', () => (keysWereLast = true), { capture: true })
addEventListener('pointerdown', () => (keysWereLast = false), { capture: true })
/** Whether the person uses keys: a keyboard pressed last, or a remote. */
export const byKeys = (): boolean => keysWereLast || isTelevision()

const content = () => document.querySelector<HTMLElement>('main')
const sidebar = () => document.querySelector<HTMLElement>('[data-sidebar]')

/** What had the focus last on this page, outside of the sidebar; null when it is gone. */
export const lastInContent = (): HTMLElement | null => {
  const main = content()
  return lastTouched && main?.contains(lastTouched) && within(main).includes(lastTouched) ? lastTouched : null
}

/**
 * Puts the focus where keys go on: on a page's first sensible thing, and, coming back, on what one left it from. Waits for pages
 * that load and lists that render; a person who does something meanwhile has the last word.
 */
export function usePageFocus(): void {
  const { key, pathname } = useLocation()
  const cameBack = useNavigationType() === 'POP'
  const arrival = useRef<{ readonly key: string; readonly pathname: string; readonly newPage: boolean } | null>(null)

  useEffect(() => {
    const { current } = arrival
    const newPage = current?.key === key ? current.newPage : current?.pathname !== pathname
    arrival.current = { key, pathname, newPage }
    const mark = left.get(key)
    if (newPage) lastTouched = null
    else if (!mark && current) left.set(key, left.get(current.key) ?? [])
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.closest('main') || target.matches('main')) return
      lastTouched = target
      left.set(key, markOfElement(target))
    }
    addEventListener('focusin', remember)
    const stop = seek(() => {
      const goal = focusGoal({ newPage, cameBack, known: !!mark?.length, focusIn: whereFocusIs(), byKeys: byKeys() })
      return goal === 'restore' ? mark! : goal
    })
    return () => {
      removeEventListener('focusin', remember)
      stop()
    }
  }, [key, pathname, cameBack])
}

/** For screens without addresses of their own: each begins anew for who uses keys. `screen` names the one that is shown. */
export function useScreenFocus(screen: string): void {
  useEffect(() => seek(() => (whereFocusIs() === 'content' || !byKeys() ? 'keep' : 'begin')), [screen])
}

function whereFocusIs(): 'content' | 'sidebar' | 'nowhere' {
  const active = focused()
  return active && content()?.contains(active) ? 'content' : active && sidebar()?.contains(active) ? 'sidebar' : 'nowhere'
}

/** Looks for the goal, asked for anew as the page changes, until it is there or somebody does something. Returns what ends it. */
function seek(goalNow: () => 'begin' | 'keep' | FocusMark): () => void {
  const abort = new AbortController()
  const { signal } = abort
  const started = performance.now()
  const look = () => {
    // A dialog that closes puts the focus back where it was; that page may be gone.
    if (signal.aborted || isDialogOpen()) return
    const goal = goalNow()
    const main = content()
    if (goal === 'keep') return abort.abort()
    if (!main) return
    const waited = performance.now() - started
    const target =
      goal === 'begin'
        ? beginning(main, waited < (main.querySelector('[data-awaited]') ? patienceMs : graceMs))
        : (found(main, goal) ?? (waited >= patienceMs ? beginning(main) : undefined))
    if (!target) return
    abort.abort()
    target.focus({ preventScroll: true })
    if (byKeys()) target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
  }
  const observer = new MutationObserver(look)
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] })
  const timers = [graceMs, patienceMs].map(ms => setTimeout(look, ms + 1))
  const end = setTimeout(() => abort.abort(), patienceMs + graceMs)
  signal.addEventListener('abort', () => {
    observer.disconnect()
    for (const timer of [...timers, end]) clearTimeout(timer)
  })
  addEventListener('pointerdown', () => abort.abort(), { signal, capture: true })
  addEventListener('keydown', ({ key }) => key === 'Tab' && abort.abort(), { signal, capture: true })
  look()
  return () => abort.abort()
}

const found = (scope: ParentNode, mark: FocusMark): HTMLElement | undefined => {
  const all = within(scope)
  for (const selector of mark) {
    const one = all.find(element => element.matches(selector))
    if (one) return one
  }
}

const markOfElement = (element: HTMLElement): FocusMark =>
  markOf({
    tag: element.tagName.toLowerCase(),
    item: element.getAttribute('data-item'),
    href: element.getAttribute('href'),
    label: element.getAttribute('aria-label'),
    section: element.parentElement?.closest('section[aria-label], [role=list][aria-label]')?.getAttribute('aria-label') ?? null,
  })
