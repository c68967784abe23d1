import './app/withoutEval.ts'
import './app/styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { followFocus } from './app/areas.ts'
import { followChanges } from './app/changes.ts'
import { startKeys } from './app/keyLayers.ts'
import { refuseMarkup } from './app/trustedTypes.ts'

refuseMarkup()
startKeys()
followFocus()
followChanges()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
