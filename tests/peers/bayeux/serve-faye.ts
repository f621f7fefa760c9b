import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

// Faye as a target of the conformance suite: `serve-faye.ts [port=N] [timeout=MS]`, ends at SIGTERM.

// It has no types, and is of the time before modules.
const faye = createRequire(import.meta.url)('faye')
const words = process.argv.slice(2).map(word => word.split('=') as [string, string])
const { port = 0, timeout = 30_000 } = Object.fromEntries(words)
const server = createServer()
new faye.NodeAdapter({ mount: '/genesys/cometd', timeout: Number(timeout) / 1_000 }).attach(server)
server.listen(Number(port), '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  console.log(JSON.stringify({ ready: true, url }))
})
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
