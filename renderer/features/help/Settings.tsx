import { useSession } from '../../app/session.ts'
import { changeSettings } from '../../app/settings.ts'
import { ChoiceGroup, type Choice } from '../../components/ChoiceGroup.tsx'
import classes from './HelpDialog.module.css'

const SINGLE_KEYS: readonly Choice<'on' | 'off'>[] = [
  { value: 'on', text: 'On' },
  { value: 'off', text: 'Off' },
]
const COLOURS: readonly Choice<'auto' | 'light' | 'dark'>[] = [
  { value: 'auto', text: 'As Windows' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
]

/** The settings of this officer on this PC. */
export function Settings() {
  const { settings } = useSession()
  return (
    <div className={classes.settings}>
      <div className={classes.setting}>
        <h3>Single keys</h3>
        <ChoiceGroup
          label="Single keys"
          choices={SINGLE_KEYS}
          chosen={settings.singleKeys ? 'on' : 'off'}
          onChoose={value => void changeSettings({ singleKeys: value === 'on' }, `Single keys are ${value}`)}
        />
      </div>
      <div className={classes.setting}>
        <h3>Colours</h3>
        <ChoiceGroup
          label="Colours"
          choices={COLOURS}
          chosen={settings.colourScheme}
          onChoose={colourScheme => void changeSettings({ colourScheme }, 'Colours changed')}
        />
      </div>
    </div>
  )
}
