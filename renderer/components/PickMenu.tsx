import { Menu } from '@mantine/core'
import type { Ref } from 'react'
import { LayerContext, useLayer } from '../app/keyLayers.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import { Button } from './Button.tsx'
import type { RowMenuState } from './useRowMenu.ts'

interface PickMenuProps {
  readonly label: string
  readonly keys: ShortcutId
  readonly options: readonly { readonly value: string; readonly text: string }[]
  /** The value that is chosen; null where picking does something and leaves nothing chosen. */
  readonly chosen: string | null
  /** What the button shows. */
  readonly shown: string
  readonly onPick: (value: string) => void
  readonly menu: RowMenuState
  readonly ref?: Ref<HTMLButtonElement>
}

/** A small button that shows what is chosen and opens a menu of the other choices. */
export function PickMenu({ label, keys, options, chosen, shown, onPick, menu, ref }: PickMenuProps) {
  const layer = useLayer(menu.isOpen)

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
      >
        <Menu.Target>
          <Button ref={ref} look="small" keys={keys} aria-label={`${shown}. ${label}`}>
            {shown}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {options.map(({ value, text }) =>
            chosen === null ? (
              <Menu.Item key={value} onClick={() => pick(value)}>
                {text}
              </Menu.Item>
            ) : (
              <Menu.Item key={value} role="menuitemradio" aria-checked={value === chosen} onClick={() => pick(value)}>
                {value === chosen ? '✓ ' : ''}
                {text}
              </Menu.Item>
            ),
          )}
        </Menu.Dropdown>
      </Menu>
    </LayerContext>
  )
}
