import { useState } from 'react'
import { momentWords } from '../../lib/past.js'
import { Chip } from '../../ui/chip.js'
import { TextField } from '../../ui/field.js'
import { Slider } from '../../ui/slider.js'
import { fromLocal, momentAt, quickMoments, sliderSteps, stepOf, toLocal } from './moments.js'

interface MomentPickerProps {
  readonly label: string
  readonly value: string
  /** When the earliest event was recorded; null while that is not known. */
  readonly first: string | null
  readonly now: number
  readonly onChange: (at: string) => void
}

/** A moment of the past: by a slider, by date and time, or one of those asked for often. */
export function MomentPicker({ label, value, first, now, onChange }: MomentPickerProps) {
  // What is typed may be no moment yet.
  const [typed, setTyped] = useState<string | null>(null)
  const firstMs = first === null ? now : Date.parse(first)
  const choose = (at: string) => {
    setTyped(null)
    onChange(at)
  }
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label={label}
        type="datetime-local"
        value={typed ?? toLocal(value)}
        max={toLocal(new Date(now).toISOString())}
        className="max-w-72"
        onChange={text => {
          setTyped(text)
          const at = fromLocal(text)
          if (at !== null && Date.parse(at) <= now) onChange(at)
        }}
        error={
          typed !== null && (fromLocal(typed) === null || Date.parse(fromLocal(typed)!) > now) ? 'A moment up to now' : undefined
        }
      />
      {firstMs < now && (
        <>
          <Slider
            label={`${label}, by slider`}
            className="w-full"
            min={0}
            max={sliderSteps}
            value={stepOf(value, firstMs, now)}
            onChange={step => choose(momentAt(step, firstMs, now))}
            valueText={step => momentWords(momentAt(step, firstMs, now))}
          />
          <div className="flex flex-wrap gap-2">
            {quickMoments
              .filter(({ agoMs }) => now - agoMs >= firstMs)
              .map(({ label: words, agoMs }) => (
                <Chip key={words} onClick={() => choose(new Date(now - agoMs).toISOString())}>
                  {words}
                </Chip>
              ))}
          </div>
        </>
      )}
    </div>
  )
}
