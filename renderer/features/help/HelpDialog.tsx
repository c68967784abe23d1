import { useRouterState } from '@tanstack/react-router'
import { useSession } from '../../app/session.ts'
import { scopeText } from '../../app/shortcuts.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import classes from './HelpDialog.module.css'
import { helpRows, scopeAt, type ScopeRows } from './helpText.ts'
import { Settings } from './Settings.tsx'

/** Every key by screen, this screen first; settings; the version. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const pathname = useRouterState({ select: state => state.location.pathname })
  const { version } = useSession()
  const screen = scopeAt(pathname)
  return (
    <DialogFrame title="Keys and settings" onClose={onClose} width={860}>
      <div className={classes.body}>
        <Settings />
        <div className={classes.scopes}>
          {helpRows(screen).map(scope => (
            <ScopeKeys key={scope.scope} scope={scope} isFirst={scope.scope === screen} />
          ))}
        </div>
        <p className={classes.small}>
          Arrows, Home, End, Page Up and Page Down move in every list. Single letters work while a list or a choice has
          focus, never while you type. Holdfast {version}
        </p>
      </div>
    </DialogFrame>
  )
}

function ScopeKeys({ scope: { scope, rows }, isFirst }: { readonly scope: ScopeRows; readonly isFirst: boolean }) {
  return (
    <section className={classes.scope} data-first={isFirst || undefined}>
      <h3>{isFirst ? `This screen: ${scopeText[scope]}` : scopeText[scope]}</h3>
      <dl className={classes.keys}>
        {rows.map(({ id, label }) => (
          <div key={id}>
            <dt>
              <KeyCap id={id} isNamed />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
