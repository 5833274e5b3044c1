import type { Response } from '@projectionist/shared/api/endpoint'
import { DeviceProfile, type ProfileName } from '@projectionist/shared/api/playback'
import { whatIf } from '@projectionist/shared/api/time-travel'
import { useMutation } from '@tanstack/react-query'
import { MonitorPlay, Wand2 } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../lib/api.js'
import { count } from '../../lib/words.js'
import { browserProfile } from '../../player/browser-capabilities.js'
import { Button } from '../../ui/button.js'
import { Page, Panel, Section } from '../../ui/page.js'
import { Select, type Option } from '../../ui/select.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { PlayGroup } from './play-group.js'
import { verdict } from './what-if-words.js'

type Choice = z.infer<typeof ProfileName> | 'this-browser' | 'described'
type Answer = Response<typeof whatIf>

const choices: readonly Option<Choice>[] = [
  { value: 'this-browser', label: 'This browser' },
  { value: 'chrome', label: 'Chrome' },
  { value: 'firefox', label: 'Firefox' },
  { value: 'safari', label: 'Safari' },
  { value: 'edge', label: 'Edge' },
  { value: 'described', label: 'A device you describe …' },
]
const numbers: readonly Option<string>[] = ['100', '500', '1000'].map(value => ({
  value,
  label: `${count(Number(value))} plays`,
}))

async function profileOf(choice: Choice, described: string): Promise<z.infer<typeof ProfileName> | DeviceProfile> {
  if (choice === 'this-browser') return browserProfile()
  return choice === 'described' ? DeviceProfile.parse(JSON.parse(described)) : choice
}

/** How the latest plays would have been sent to another device: what a new television, or another browser, would change. */
export default function WhatIfPage() {
  const [choice, setChoice] = useState<Choice>('this-browser')
  const [last, setLast] = useState('1000')
  const [described, setDescribed] = useState('')
  const [mistake, setMistake] = useState<string | null>(null)
  const ask = useMutation({
    async mutationFn() {
      const profile = await profileOf(choice, described).catch(() => {
        setMistake('This is not the description of a device. It has to be JSON, with what the device opens and decodes.')
        return null
      })
      return profile && call(whatIf, { body: { profile, last: Number(last) } })
    },
  })
  const begin = () => {
    setMistake(null)
    ask.mutate()
  }
  return (
    <Page
      title="What if"
      words="The latest plays again, as they would be sent to another device by today’s rules. Nothing is played."
    >
      <Panel className="mb-8">
        <div className="flex flex-wrap items-center gap-3">
          <Select label="Device" labelled value={choice} options={choices} onChange={setChoice} />
          <Select label="Of the last" labelled value={last} options={numbers} onChange={setLast} />
          <Button look="loud" icon={<Wand2 />} busy={ask.isPending} onClick={begin}>
            Replay
          </Button>
        </div>
        {choice === 'described' && (
          <label className="mt-4 flex flex-col gap-1.5 text-small font-medium text-ink-1">
            What the device plays, as JSON of the API
            <textarea
              value={described}
              onChange={event => setDescribed(event.target.value)}
              rows={6}
              spellCheck={false}
              aria-invalid={mistake !== null}
              className="rounded-m bg-surface-2 p-3 font-mono text-small text-ink-1 ring-1 ring-control-line/70 ring-inset"
            />
          </label>
        )}
        {mistake && (
          <p role="alert" className="mt-2 text-small text-loss">
            {mistake}
          </p>
        )}
      </Panel>
      <div aria-live="polite">
        {ask.isError ? <ErrorState error={ask.error} retry={begin} /> : ask.data && <Result answer={ask.data} />}
      </div>
    </Page>
  )
}

function Result({ answer }: { answer: Answer }) {
  if (answer.plays === 0)
    return (
      <Empty icon={<MonitorPlay />} title="Nothing was played yet">
        Once people have watched something, this page can say how it would go elsewhere.
      </Empty>
    )
  return (
    <>
      <Text as="h2" size="title" className="mb-2 text-balance">
        {verdict(answer)}
      </Text>
      <p className="mb-8 text-body text-ink-3">
        In the original quality, with the tracks that play when nobody chooses.
        {answer.unknown > 0 && ` ${count(answer.unknown)} more are of files of which nothing is known any more.`}
      </p>
      <Section title="Why">
        <ul className="flex flex-col gap-4">
          {answer.groups.map((group, index) => (
            <li key={index}>
              <PlayGroup group={group} />
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
