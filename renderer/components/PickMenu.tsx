import { Menu } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { LayerContext, useLayer } from '../app/keyLayers.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import { Button } from './Button.tsx'
import { Unseen } from './Unseen.tsx'
import type { RowMenuState } from './useRowMenu.ts'

interface PickMenuProps {
  readonly label: string
  readonly keys: ShortcutId
  readonly options: readonly { readonly value: string; readonly text: string }[]
  /** The value that is chosen; null while none is. */
  readonly chosen: string | null
  /** What the button shows. */
  readonly shown: string
  readonly onPick: (value: string) => void
  readonly menu: RowMenuState
}

/** A small button that shows what is chosen and opens a menu of the other choices. */
export function PickMenu({ label, keys, options, chosen, shown, onPick, menu }: PickMenuProps) {
  const layer = useLayer(menu.isOpen)
  const button = useRef<HTMLButtonElement>(null)
  const first = options.some(option => option.value === chosen) ? chosen : options[0]?.value
  // The DOM: the menu opens at its button, which may be out of sight when a key opens it.
  useEffect(() => {
    if (menu.isOpen) button.current?.scrollIntoView({ block: 'nearest' })
  }, [menu.isOpen])

  function pick(value: string) {
    menu.close()
    onPick(value)
  }

  return (
    <LayerContext value={layer}>
      <Menu
        opened={menu.isOpen}
        onChange={opens => (opens ? menu.open() : menu.close())}
        returnFocus={false}
        withInitialFocusPlaceholder={false}
        withinPortal={false}
        floatingStrategy="fixed"
        hideDetached={false}
      >
        <Menu.Target>
          <Button ref={button} look="small" keys={keys}>
            {shown}
            <Unseen>. {label}</Unseen>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {options.map(({ value, text }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              checked={value === chosen}
              checkIcon="✓"
              data-autofocus={value === first || undefined}
              onClick={() => pick(value)}
            >
              {text}
            </Menu.RadioItem>
          ))}
        </Menu.Dropdown>
      </Menu>
    </LayerContext>
  )
}
