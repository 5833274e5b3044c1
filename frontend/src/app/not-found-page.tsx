import { Compass } from 'lucide-react'
import { ButtonLink } from '../ui/button.js'
import { Empty } from '../ui/state.js'

export const NotFoundPage = () => (
  <Empty icon={<Compass />} title="There is no such page" action={<ButtonLink to="/">Go home</ButtonLink>}>
    The address may be mistyped, or what it led to was taken away.
  </Empty>
)
