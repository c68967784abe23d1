import type { Answer } from '../../../shared/ipc/contract.ts'
import type { Called } from '../../app/api.ts'
import { openDialog } from '../../app/dialogs.ts'
import { errorText } from '../../app/errorText.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { ConflictRow } from './ConflictRow.tsx'

interface SettlePanelProps {
  readonly conflicts: Called<Answer<'conflicts.list'>>
  readonly today: string
  /** Whether focus begins here. */
  readonly takesFocus: boolean
}

/** Fields with two versions, then what others settled lately. Nothing is shown where there is neither. */
export function SettlePanel({ conflicts, today, takesFocus }: SettlePanelProps) {
  const { value, error, again } = conflicts
  const lines = value ? [...value.open, ...value.settled] : []
  const [chosen, choose] = useChosen(lines.map(line => line.conflictId))
  const line = lines.find(one => one.conflictId === chosen)
  const open = () => line && openDialog({ kind: 'settle', caseId: line.caseId, conflictId: line.conflictId })
  if (error) return <ErrorPanel text={errorText(error)} onAgain={again} />
  if (lines.length === 0) return null
  return (
    <Panel
      title="Two versions"
      count={value?.open.length}
      note="both changed while apart; Enter shows them side by side"
    >
      <ListBox
        label="Two versions"
        items={lines}
        keyOf={one => one.conflictId}
        renderRow={one => <ConflictRow line={one} today={today} />}
        chosen={chosen}
        onChoose={choose}
        onOpen={open}
        isQuiet
        isEntry
        focusCount={takesFocus ? 1 : 0}
      />
    </Panel>
  )
}
