import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { selfSignedCertificate } from './push-sender/certificate-for-tests.ts'
import { startTestServer, type TestServer } from './server-for-tests.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-tls-'))
const file = (name: string) => join(folder, name)
let under: TestServer

beforeAll(async () => {
  const { key, cert } = selfSignedCertificate()
  writeFileSync(file('cert.pem'), cert)
  writeFileSync(file('key.pem'), key)
  const [certificate, ofKey] = [
    `refserver.https-certificate=${file('cert.pem')}`,
    `refserver.https-key=${file('key.pem')}`,
  ]
  under = await startTestServer({ set: [certificate, ofKey] })
})
afterAll(async () => {
  await under.close()
  rmSync(folder, { recursive: true })
})

const post = (path: string, body: string, contentType: string) =>
  new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const sent = request(
      under.server.urls[0]! + path,
      { method: 'POST', rejectUnauthorized: false, headers: { 'content-type': contentType } },
      async response => {
        let text = ''
        for await (const chunk of response) text += chunk
        resolve({ status: response.statusCode!, body: JSON.parse(text) })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
const handshake = '[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["websocket"]}]'
const form = 'application/x-www-form-urlencoded'

test('[CV2-155] with a certificate the node serves REST and CometD over HTTPS', async () => {
  expect(under.server.urls[0]).toMatch(/^https:/)
  expect(await post('/genesys/2/chat/customer-support', 'nickname=Ann', form)).toMatchObject({
    status: 200,
    body: { statusCode: 0 },
  })
  expect(await post('/genesys/cometd', handshake, 'application/json')).toMatchObject({ body: [{ successful: true }] })
})

test('[CV2-155] … and Secure WebSocket', async () => {
  const url = `${under.server.urls[0]!.replace('https', 'wss')}/genesys/cometd`
  const socket = new WebSocket(url, { rejectUnauthorized: false })
  socket.on('open', () => socket.send(handshake))
  const text = await new Promise<string>(resolve => socket.on('message', data => resolve(String(data))))
  socket.terminate()
  expect(JSON.parse(text)).toMatchObject([{ successful: true }])
})

test.each([
  [
    [`refserver.https-key=${file('key.pem')}`],
    'refserver.https-certificate is not set, but the other half of the pair is',
  ],
  [
    [`refserver.https-key=${file('none')}`, `refserver.https-certificate=${file('cert.pem')}`],
    `refserver.https-key: ENOENT: no such file or directory, open '${file('none')}'`,
  ],
])('half a pair of files is no node without TLS but a sentence', async (set, sentence) => {
  await expect(startTestServer({ set })).rejects.toThrow(sentence)
})
