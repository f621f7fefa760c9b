import { mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { selfSignedCertificate } from '../../conformance/sink/self-signed.ts'
import { type Running, runChatgauge } from './run-chatgauge.ts'
import { startReady } from './start-ready.ts'

// The reference server behind TLS of a certificate that nobody knows, as a GMS behind a proxy of the house is.

const pair = selfSignedCertificate()
let server: Running
let proxy: Server
let url: string

beforeAll(async () => {
  const started = await startReady('serve', '--no-agent')
  server = started.running
  proxy = createServer(pair, (incoming, outgoing) => {
    const { method, headers } = incoming
    const onward = request(new URL(incoming.url!, started.url), { method, headers }, answer => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>(resolve => proxy.listen(0, 'localhost', resolve))
  url = `https://localhost:${(proxy.address() as AddressInfo).port}`
})
afterAll(async () => {
  proxy.closeAllConnections()
  proxy.close()
  server.kill('SIGTERM')
  await server.finished
})

const conform = (...args: string[]) => runChatgauge('conform', '--target', url, '--case', 'CV2-087/*', ...args)

it('a certificate that nobody knows is one sentence, and says what to do', async () => {
  const { exit, stdout, stderr } = await conform()
  expect([exit, stdout, stderr]).toEqual([
    2,
    '',
    `chatgauge: ${url} has a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): give its CA with --ca FILE, or --insecure\n`,
  ])
})

it('with --insecure the cases run', async () => {
  expect((await conform('--insecure')).exit).toBe(0)
})

it('with its CA the cases run', async () => {
  const ca = join(mkdtempSync(join(tmpdir(), 'chatgauge-ca-')), 'ca.pem')
  writeFileSync(ca, pair.cert)
  const { exit, stdout } = await conform('--ca', ca)
  expect([exit, stdout]).toEqual([0, expect.stringMatching(/\nPASS {2}conform: https:\/\/localhost:\d+: \d+ case/)])
})

it('with the CA of somebody else it is not trusted', async () => {
  const ca = join(mkdtempSync(join(tmpdir(), 'chatgauge-ca-')), 'ca.pem')
  writeFileSync(ca, selfSignedCertificate().cert)
  const { exit, stderr } = await conform('--ca', ca)
  expect([exit, stderr]).toEqual([2, expect.stringContaining('has a certificate that is not trusted')])
})
