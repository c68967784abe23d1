import { Menu } from '@mantine/core'
import { LayerContext, useLayer } from '../app/keyLayers.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import { Button } from './Button.tsx'
import { KeyCap } from './KeyCap.tsx'
import classes from './RowMenu.module.css'
import type { RowMenuState } from './useRowMenu.ts'

export interface RowAction {
  readonly label: string
  readonly keys?: ShortcutId
  readonly run: () => void
}

interface RowMenuProps {
  /** Whose actions they are, for readers: `Actions for Jacob Thistlewood`. */
  readonly label: string
  readonly actions: readonly RowAction[]
  readonly menu: RowMenuState
}

/** Everything that can be done with the chosen row. Its list opens it by Shift+F10; the button is for the mouse and for Tab. */
export function RowMenu({ label, actions, menu }: RowMenuProps) {
  const layer = useLayer(menu.isOpen)

  function choose(action: RowAction) {
    menu.close()
    action.run()
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
          <Button look="quiet" aria-label={label}>
            Actions
            <KeyCap id="app.rowMenu" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(action => (
            <Menu.Item key={action.label} onClick={() => choose(action)}>
              <span className={classes.item}>
                {action.label}
                {action.keys && <KeyCap id={action.keys} />}
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </LayerContext>
  )
}
