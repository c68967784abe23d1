import { Menu } from '@mantine/core'
import { useRef, type Ref } from 'react'
import { LayerContext, useLayer } from '../app/keyLayers.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import { Button } from './Button.tsx'
import { KeyCap } from './KeyCap.tsx'
import { Unseen } from './Unseen.tsx'
import classes from './RowMenu.module.css'
import type { RowMenuState } from './useRowMenu.ts'

export interface RowAction {
  readonly label: string
  readonly keys?: ShortcutId
  readonly run: () => void
}

interface RowMenuProps {
  /** Whose actions they are, for readers: `Jacob Thistlewood`. */
  readonly whose: string
  readonly actions: readonly RowAction[]
  readonly menu: RowMenuState
}

/** Everything that can be done with the chosen row. Its list opens it by Shift+F10; the button is for the mouse and for Tab. */
export function RowMenu({ whose, actions, menu }: RowMenuProps) {
  const layer = useLayer(menu.isOpen)
  // A press on the button outside the open menu closes it, and must not open it again.
  const wasOpen = useRef(false)

  function choose(action: RowAction) {
    menu.close()
    action.run()
  }

  return (
    <LayerContext value={layer}>
      <Button
        look="quiet"
        aria-haspopup="menu"
        aria-expanded={menu.isOpen}
        onPointerDown={() => (wasOpen.current = menu.isOpen)}
        onClick={() => {
          if (!wasOpen.current) menu.open()
          wasOpen.current = false
        }}
      >
        Actions<Unseen> for {whose}</Unseen>
        <KeyCap id="app.rowMenu" />
      </Button>
      <Menu
        opened={menu.isOpen}
        onChange={opens => !opens && menu.close()}
        returnFocus={false}
        withInitialFocusPlaceholder={false}
        withinPortal={false}
        floatingStrategy="fixed"
        hideDetached={false}
      >
        <Menu.Target>
          <Anchor at={menu.at} />
        </Menu.Target>
        <Menu.Dropdown aria-label={`Actions for ${whose}`} aria-labelledby={undefined}>
          {actions.map((action, place) => (
            <Menu.Item key={action.label} data-autofocus={place === 0 || undefined} onClick={() => choose(action)}>
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

interface AnchorProps {
  readonly at: RowMenuState['at']
  readonly ref?: Ref<HTMLSpanElement>
}

/** The place where the menu opens. What the menu says of its button is said by the real button. */
function Anchor({ at, ref }: AnchorProps) {
  return <span ref={ref} className={classes.anchor} style={{ left: at.x, top: at.y }} />
}
