import { startReceiver } from '../../receiver/main.ts'
import { memoryAfterCollection } from './memory-after-collection.ts'
import { serveSubject } from './serve-subject.ts'
import { portOf } from './start-server.ts'

// The product's receiver as `chatgauge receive` starts it, without a listener that prints.
const receiver = await startReceiver({ port: 0, host: '127.0.0.1', delay: undefined, status: 200, log() {} })

serveSubject({ port: portOf(receiver.url) }, ({ ask }) =>
  ask === 'memory' ? memoryAfterCollection() : receiver.counts(),
)
