import { X } from 'lucide-react'
import { useId, useState } from 'react'

interface WordsFieldProps {
  readonly label: string
  readonly words: readonly string[]
  readonly onChange: (words: readonly string[]) => void
  readonly placeholder?: string
}

/** A list of words: Enter or a comma adds what was typed, Backspace in an empty field takes the last one away. */
export function WordsField({ label, words, onChange, placeholder = 'Add' }: WordsFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const add = (told: readonly string[]) => {
    const news = told.map(word => word.trim()).filter(word => word !== '' && !words.includes(word))
    if (news.length > 0) onChange([...words, ...new Set(news)])
  }
  /** What stands before a comma is a word; also when a list is pasted. */
  const type = (text: string) => {
    const told = text.split(',')
    setTyped(told.pop()!.trimStart())
    add(told)
  }
  const finish = () => type(`${typed},`)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-small font-medium text-ink-1">
        {label}
      </label>
      <div className="flex min-h-11 flex-wrap items-center gap-1.5 rounded-m bg-surface-2 px-2 py-1.5 ring-1 ring-control-line/70 ring-inset focus-within:outline-2 focus-within:outline-accent-ink hover:ring-control-line">
        {words.map(word => (
          <button
            key={word}
            type="button"
            aria-label={`Take away ${word}`}
            onClick={() => onChange(words.filter(other => other !== word))}
            className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-full bg-surface-3 px-3 text-small font-medium text-ink-1 hover:text-loss [&>svg]:size-3.5 [&>svg]:shrink-0"
          >
            <span className="truncate">{word}</span>
            <X />
          </button>
        ))}
        <input
          id={id}
          value={typed}
          maxLength={200}
          placeholder={placeholder}
          onChange={event => type(event.target.value)}
          onBlur={finish}
          onKeyDown={event => {
            if (event.key === 'Enter' && typed.trim() !== '') {
              event.preventDefault()
              finish()
            } else if (event.key === 'Backspace' && typed === '' && words.length > 0) onChange(words.slice(0, -1))
          }}
          className="h-8 min-w-24 flex-1 bg-transparent px-1.5 text-body text-ink-1 outline-none placeholder:text-ink-3"
        />
      </div>
    </div>
  )
}
