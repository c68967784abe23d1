import { Outlet } from '@tanstack/react-router'
import { DamageNotice } from '../features/session/DamageNotice.tsx'
import { Dialogs } from './Dialogs.tsx'
import classes from './Layout.module.css'
import { LiveRegions } from './LiveRegions.tsx'
import { TopBar } from './TopBar.tsx'
import { UndoToast } from './UndoToast.tsx'
import { useWindowKeys } from './useWindowKeys.ts'

/** What stands around every screen. */
export function Layout() {
  useWindowKeys()
  return (
    <div className={classes.app}>
      <TopBar />
      <DamageNotice />
      <Outlet />
      <UndoToast />
      <LiveRegions />
      <Dialogs />
    </div>
  )
}
