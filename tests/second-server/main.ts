// A second, independent GMS and Chat Server: a target for the suite that is not the suite's own.
import { closeSync, openSync, writeSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createAgent } from './agent.ts'
import { Desk } from './desk.ts'
import { type Flags, readFlags } from './flags.ts'
import { createNotifier } from './notifier.ts'
import { createOutbox, type Entry } from './outbox.ts'
import { createRest } from './rest.ts'

const CLOSING_GRACE_MS = 500

function readFlagsOrExit(): Flags {
  try {
    return readFlags(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}

const flags = readFlagsOrExit()
const logFile = flags.log === undefined ? undefined : openSync(flags.log, 'w')
// Written at once and synchronously: the file is complete at every moment, however the process ends.
const record = (entry: Entry): void => {
  if (logFile !== undefined) writeSync(logFile, `${JSON.stringify(entry)}\n`)
}

const desk = new Desk()
const { pushUrl: url, drop, double, seed } = flags
const outbox = url === undefined ? undefined : createOutbox({ url, drop, double, seed, record })
const notifier = outbox && createNotifier(desk, outbox, flags)
if (notifier) desk.watch(notifier)
const agent = flags.agent ? createAgent(desk, flags.agentDelay) : undefined
if (agent) desk.watch(agent)
const server = createRest(desk)

let closing = false
async function close(): Promise<void> {
  if (closing) return
  closing = true
  agent?.close()
  const answered = new Promise<void>(resolve => server.close(() => resolve()))
  const impatience = setTimeout(() => server.closeAllConnections(), CLOSING_GRACE_MS)
  await answered
  clearTimeout(impatience)
  notifier?.close()
  await outbox?.close()
  if (logFile !== undefined) closeSync(logFile)
}
process.on('SIGTERM', close)
process.on('SIGINT', close)

server.once('error', error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
server.listen(flags.port, '127.0.0.1', 2048, () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}` })}\n`)
})
