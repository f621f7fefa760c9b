// A second, independent GMS and Chat Server: a target for the suite that is not the suite's own.

import { once } from 'node:events'
import { closeSync, openSync, writeSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAgent } from './agent.ts'
import { Desk } from './desk.ts'
import { type Flags, readFlags } from './flags.ts'
import { createHealth } from './health.ts'
import { watchClients, watchSilence } from './inactivity.ts'
import { createNotifier } from './notifier.ts'
import { createOutbox, type Entry } from './outbox.ts'
import { createRest } from './rest.ts'
import type { Settings } from './settings.ts'

const CLOSING_GRACE_MS = 500
const ADVICE_GRACE_MS = 2_000

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function readOrExit(): { flags: Flags; settings: Settings } {
  try {
    const flags = readFlags(process.argv.slice(2))
    return { flags, settings: flags.settings() }
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`)
    process.exit(2)
  }
}

const { flags, settings } = readOrExit()
const logFile = flags.log === undefined ? undefined : openSync(flags.log, 'w')
// Written at once and synchronously: the file is complete at every moment, however the process ends.
const record = (entry: Entry): void => {
  if (logFile !== undefined) writeSync(logFile, `${JSON.stringify(entry)}\n`)
}

const desk = new Desk()
const { drop, double, seed, rate } = flags
const outbox = createOutbox({ drop, double, seed, record, ...(rate !== undefined && { rate }) })
const notifier = createNotifier(desk, outbox, settings)
const agent = flags.agent ? [createAgent(desk, flags.agentDelay)] : []
// The notifier first: what the others do upon an event depends on its subscriptions.
const watchers = [notifier, watchClients(desk, notifier, settings), watchSilence(desk, settings), ...agent]
for (const watcher of watchers) desk.watch(watcher)

const rest = createRest(desk, settings)
const health = flags.healthPort === undefined ? undefined : createHealth(desk)
const servers = health === undefined ? [rest] : [rest, health]

let closing = false
async function close(): Promise<void> {
  if (closing) return
  closing = true
  const answered = servers.map(server => new Promise<void>(resolve => server.close(() => resolve())))
  const impatience = setTimeout(() => servers.map(server => server.closeAllConnections()), CLOSING_GRACE_MS)
  await Promise.all(answered)
  clearTimeout(impatience)
  desk.stop()
  for (const watcher of watchers) watcher.close()
  if (settings.shutdownNotify === 1) await outbox.drain(ADVICE_GRACE_MS)
  await outbox.close()
  if (logFile !== undefined) closeSync(logFile)
}
process.on('SIGTERM', close)
process.on('SIGINT', close)
process.on('SIGUSR2', () => desk.takeOver())
process.on('SIGHUP', () => {
  try {
    Object.assign(settings, flags.settings())
  } catch (error) {
    process.stderr.write(`options kept as they were: ${textOf(error)}\n`)
  }
})

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1', 2048)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

try {
  const url = await listen(rest, flags.port)
  const pages = health === undefined ? {} : { health: `${await listen(health, flags.healthPort ?? 0)}/health` }
  process.stdout.write(`${JSON.stringify({ ready: true, url, ...pages })}\n`)
} catch (error) {
  process.stderr.write(`${textOf(error)}\n`)
  process.exit(1)
}
