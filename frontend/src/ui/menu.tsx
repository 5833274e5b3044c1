import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../lib/cx.js'

export const popupClasses =
  'z-50 max-h-[min(28rem,var(--available-height))] min-w-48 overflow-y-auto rounded-m bg-surface-1 p-1 text-small text-ink-1 shadow-raised ring-1 ring-line outline-none origin-(--transform-origin) transition-[opacity,scale] data-ending-style:scale-[0.97] data-ending-style:opacity-0 data-starting-style:scale-[0.97] data-starting-style:opacity-0'
export const optionClasses =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-s px-2.5 py-1.5 outline-none select-none data-highlighted:bg-surface-3 data-disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-3'

interface MenuProps {
  /** The button that opens it; gets the menu's properties. */
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom' | 'right'
}

export const Menu = ({ trigger, children, align = 'end', side = 'bottom' }: MenuProps) => (
  <Base.Root modal={false}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner sideOffset={6} align={align} side={side} className="z-50 outline-none">
        <Base.Popup className={popupClasses}>{children}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

interface MenuItemProps {
  readonly icon?: ReactNode
  readonly onSelect: () => void
  readonly tone?: 'plain' | 'loss'
  readonly disabled?: boolean
  readonly children: ReactNode
}
export const MenuItem = ({ icon, onSelect, tone = 'plain', disabled = false, children }: MenuItemProps) => (
  <Base.Item
    onClick={onSelect}
    disabled={disabled}
    className={cx(optionClasses, tone === 'loss' && 'text-loss [&>svg]:text-loss')}
  >
    {icon}
    {children}
  </Base.Item>
)
export const MenuLink = ({ icon, to, children }: { icon?: ReactNode; to: string; children: ReactNode }) => (
  <Base.LinkItem render={<Link to={to} />} closeOnClick className={optionClasses}>
    {icon}
    {children}
  </Base.LinkItem>
)
export const MenuChoice = ({
  checked,
  onChange,
  detail,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  detail?: ReactNode
  children: ReactNode
}) => (
  <Base.CheckboxItem checked={checked} onCheckedChange={onChange} className={optionClasses}>
    <span className="grid size-4 place-items-center text-accent-ink">
      <Base.CheckboxItemIndicator>
        <Check className="size-4" />
      </Base.CheckboxItemIndicator>
    </span>
    <span className="flex-1">{children}</span>
    {detail !== undefined && <span className="figures pl-4 text-ink-3">{detail}</span>}
  </Base.CheckboxItem>
)
export const MenuLine = () => <Base.Separator className="mx-2 my-1 h-px bg-line" />
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <div className="px-2.5 py-1.5 text-caption text-ink-3">{children}</div>
)
