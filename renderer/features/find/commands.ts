import { foldText } from '../../../shared/text.ts'
import { runnable } from '../../app/keyLayers.ts'
import { changeSettings } from '../../app/settings.ts'
import { shortcuts, type ShortcutId } from '../../app/shortcuts.ts'

/** Something that can be done from Find. */
export interface Command {
  readonly key: string
  readonly label: string
  readonly keys?: ShortcutId
  readonly run: () => void
}

// They are about keys and dialogs themselves, or stand in the list twice.
const NOT_OFFERED = new Set<ShortcutId>(['app.find', 'app.helpKey', 'app.close', 'app.rowMenu', 'case.wordsCtrl'])

const SETTINGS: readonly Command[] = [
  {
    key: 'single-keys-on',
    label: 'Single keys: on',
    run: () => void changeSettings({ singleKeys: true }, 'Single keys are on'),
  },
  {
    key: 'single-keys-off',
    label: 'Single keys: off',
    run: () => void changeSettings({ singleKeys: false }, 'Single keys are off'),
  },
  { key: 'light', label: 'Colours: light', run: () => void changeSettings({ colourScheme: 'light' }, 'Light colours') },
  { key: 'dark', label: 'Colours: dark', run: () => void changeSettings({ colourScheme: 'dark' }, 'Dark colours') },
  {
    key: 'as-windows',
    label: 'Colours: as Windows',
    run: () => void changeSettings({ colourScheme: 'auto' }, 'Colours as Windows'),
  },
]

/** Everything that can be done on the screen that lies under Find, its own actions first. */
export function commandsNow(): readonly Command[] {
  const found = [...runnable()].filter(([id]) => !NOT_OFFERED.has(id))
  const ofScreen = found.filter(([id]) => shortcuts[id].scope !== 'everywhere')
  const everywhere = found.filter(([id]) => shortcuts[id].scope === 'everywhere')
  const listed = [...ofScreen, ...everywhere].map(([id, run]) => ({
    key: id,
    label: shortcuts[id].label,
    keys: id,
    run,
  }))
  return [...listed, ...SETTINGS]
}

/** Those whose label has all the words. */
export function fitting(commands: readonly Command[], text: string): readonly Command[] {
  const words = foldText(text)
    .split(' ')
    .filter(word => word !== '')
  return commands.filter(command => words.every(word => foldText(command.label).includes(word)))
}
