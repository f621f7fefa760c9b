import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

// Faye's own server as a target of the conformance suite: `serve-faye.ts TIMEOUT_MS [PORT]`, ends at SIGTERM.

// It has no types, and is of the time before modules.
const faye = createRequire(import.meta.url)('faye')
const [timeoutMs = '30000', port = '0'] = process.argv.slice(2)
const server = createServer()
new faye.NodeAdapter({ mount: '/genesys/cometd', timeout: Number(timeoutMs) / 1_000 }).attach(server)
server.listen(Number(port), '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  console.log(JSON.stringify({ ready: true, url }))
})
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
