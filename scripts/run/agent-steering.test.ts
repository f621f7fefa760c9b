import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { SilentServerError, steerAgent } from './agent-steering.ts'

const script = { run: 'abc', seed: 1, replyDelay: 'const(1ms)' }

async function served(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer!)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a server that stands still is said to be silent, and holds nothing up', async () => {
  const server = await served(() => {})
  await expect(steerAgent(server.url, script, 50).rest()).rejects.toThrow(SilentServerError)
  server.close()
})

test('a script that the server refuses is our own mistake', async () => {
  const server = await served((_request, answer) => answer.writeHead(400).end('{"error":"no"}'))
  await expect(steerAgent(server.url, script).play({ ratePerSecond: 1 })).rejects.toThrow(
    'the agent refused its script: {"error":"no"}',
  )
  server.close()
})
