import { contextBridge, ipcRenderer } from 'electron'
import type { Api, Changed } from '../shared/ipc/contract.ts'

// One channel for every call, so a new call never touches this file. Main decides what a name may do.
const api: Api = {
  invoke: (name, input) => ipcRenderer.invoke('api', name, input),
  onChanged(listener) {
    const hear = (_event: unknown, changed: Changed): void => {
      listener(changed)
    }
    ipcRenderer.on('changed', hear)
    return () => {
      ipcRenderer.off('changed', hear)
    }
  },
}

contextBridge.exposeInMainWorld('api', api)
