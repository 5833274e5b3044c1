import { ChevronRight, LogOut } from 'lucide-react'
import { Link } from 'react-router'
import { thisDevice } from '../../lib/device.js'
import { preferences, type Preferences } from '../../lib/preferences.js'
import { useMe } from '../../lib/queries.js'
import { useStore } from '../../lib/store.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { Page, Panel, Section } from '../../ui/page.js'
import { Segments } from '../../ui/segments.js'
import { Text } from '../../ui/text.js'
import { notifyError } from '../../ui/toast.js'
import { PasswordForm } from './password-form.js'
import { useSignOut } from '../../lib/sign-out.js'
import { YourData } from './your-data.js'

const places = [
  ['/activity', 'Activity'],
  ['/history', 'History'],
  ['/admin/libraries', 'Manage libraries'],
  ['/admin/people', 'People'],
] as const

/** How Projectionist looks on this device, one's password, one's data, and the way out. */
export default function PreferencesPage() {
  const me = useMe()
  const chosen = useStore(preferences)
  const signOut = useSignOut()
  const set =
    <Name extends keyof Preferences>(name: Name) =>
    (value: Preferences[Name]) =>
      preferences.set(now => ({ ...now, [name]: value }))
  return (
    <Page title="Preferences" narrow>
      <nav aria-label="More" className="mb-8 md:hidden">
        <ul className="divide-y divide-line rounded-l bg-surface-1 ring-1 ring-line">
          {places
            .filter(([path]) => me.role === 'admin' || path === '/history')
            .map(([path, label]) => (
              <li key={path}>
                <Link to={path} className="flex h-12 items-center justify-between px-4 text-body text-ink-1">
                  {label}
                  <ChevronRight className="size-5 text-ink-3" />
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <Section title="Look">
        <Panel className="divide-y divide-line !py-2">
          <Segments
            label="Theme"
            value={chosen.theme}
            onChange={set('theme')}
            options={[
              { value: 'system', label: 'As the system' },
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
            ]}
          />
          <Segments
            label="Density"
            value={chosen.density}
            onChange={set('density')}
            options={[
              { value: 'comfortable', label: 'Comfortable' },
              { value: 'compact', label: 'Compact' },
            ]}
          />
          <Segments
            label="Motion"
            value={chosen.motion}
            onChange={set('motion')}
            options={[
              { value: 'system', label: 'As the system' },
              { value: 'reduced', label: 'As little as possible' },
            ]}
          />
          <Segments
            label="Layout"
            value={chosen.display}
            onChange={set('display')}
            options={[
              { value: 'automatic', label: 'Automatic' },
              { value: 'desk', label: 'Desk and hand' },
              { value: 'television', label: 'Television' },
            ]}
          />
        </Panel>
        <Text size="caption" className="mt-2">
          Kept in this browser.
        </Text>
      </Section>
      <Section title="What you watched">
        <Panel className="flex flex-wrap items-center justify-between gap-4">
          <Text>Somebody else watched on your account? Forget it, as if it had never been.</Text>
          <ButtonLink to="/forget">Forget plays</ButtonLink>
        </Panel>
      </Section>
      <Section title="Password">
        <PasswordForm name={me.name} />
      </Section>
      <Section title="This device">
        <Panel className="flex flex-wrap items-center justify-between gap-4">
          <div>
            <Text className="font-medium text-ink-1">{thisDevice().name}</Text>
            <Text className="text-ink-3">Signed in as {me.name}</Text>
          </div>
          <Button
            icon={<LogOut />}
            busy={signOut.isPending}
            onClick={() => signOut.mutate(undefined, { onError: error => notifyError(error) })}
          >
            Sign out
          </Button>
        </Panel>
      </Section>
      <Section title="Your data">
        <YourData />
      </Section>
    </Page>
  )
}
