import { hostNow } from '../../process/host-clock.ts'
import { startReceiver } from '../../receiver/main.ts'

/**
 * A receiver on another host, played by a process whose clock is another one: `node shifted-receiver.ts <offset ms>
 * <drift ppm> <step ms>`. Each SIGUSR2 sets its clock by the step. One line of JSON when it is ready; SIGTERM ends it.
 */
const [offsetMs = 0, driftPpm = 0, stepMs = 0] = process.argv.slice(2).map(Number)
const startMs = hostNow()
let setMs = 0
process.on('SIGUSR2', () => {
  setMs += stepMs
})

function now(): number {
  const hostMs = hostNow()
  return hostMs + offsetMs + (hostMs - startMs) * driftPpm * 1e-6 + setMs
}

const receiver = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, log() {}, now })
process.on('SIGTERM', () => void receiver.close().then(() => process.exit(0)))
console.log(JSON.stringify({ url: receiver.url }))
