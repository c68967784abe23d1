/**
 * The script that runs in the page before the application's own: it gives the built preload what Electron would give it,
 * over one WebSocket that is opened again if it breaks.
 */
export const shellScript = (preload: string, socketPath: string): string => `(() => {
const waiting = new Map(), listeners = new Map()
let socket, opened, lastId = 0
function connect() {
  socket = new WebSocket('ws://' + location.host + ${JSON.stringify(socketPath)})
  opened = new Promise(resolve => { socket.onopen = resolve })
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    if (message.id === undefined) {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args)
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.failed) call.reject(new Error('the call failed'))
    else call.resolve(message.value)
  }
  socket.onclose = () => {
    for (const call of waiting.values()) call.reject(new Error('the line to main broke'))
    waiting.clear()
    setTimeout(connect, 500)
  }
}
connect()
const ipcRenderer = {
  async invoke(channel, ...args) {
    await opened
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ id, channel, args }))
    })
  },
  on(channel, listener) { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]) },
  off(channel, listener) { listeners.set(channel, (listeners.get(channel) ?? []).filter(one => one !== listener)) },
}
const contextBridge = {
  exposeInMainWorld(name, value) { Object.defineProperty(window, name, { value: Object.freeze(value) }) },
}
const require = () => ({ contextBridge, ipcRenderer })
const module = { exports: {} }, exports = module.exports
${preload}
})()`
