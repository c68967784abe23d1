import { parentPort, workerData } from 'node:worker_threads'
import { createWorkerPorts } from './engine/workerPorts.ts'
import type { EngineStart, FromEngine, ToEngine } from './engine/messages.ts'
import { readReference } from './engine/readReference.ts'
import { startEngine } from './engine/startEngine.ts'
import { fillDemoStore } from './demoOffice.ts'
import { invariant } from '../shared/result.ts'

/** The worker in which services, store and sync run. It reaches main by one port and imports no Electron. */
invariant(parentPort, 'the engine is started as a worker')
const port = parentPort
const start = workerData as EngineStart // made by `startEngineWorker`
const send = (message: FromEngine): void => {
  port.postMessage(message)
}
const { ports, networkAnswered, networkFailed, probed } = createWorkerPorts(send)

const engine = startEngine(
  ports,
  { ...start, reference: readReference(start.resources) },
  changed => {
    send({ kind: 'changed', changed })
  },
  start.demo ? fillDemoStore(start.demo) : undefined,
)

port.on('message', (message: ToEngine) => {
  switch (message.kind) {
    case 'call':
      send({ kind: 'answer', id: message.id, result: engine.call(message.actor, message.name, message.input) })
      return
    case 'network-answer':
      networkAnswered(message.id, message.answer)
      return
    case 'network-failed':
      networkFailed(message.id, message.why)
      return
    case 'probed':
      probed(message.id, message.steps)
      return
    case 'line-changed':
      engine.lineChanged()
      return
    case 'stop':
      void engine.stop().finally(() => {
        send({ kind: 'stopped' })
        port.close()
      })
  }
})
send({ kind: 'started' })
