import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok, sendRaw, startTestNode, type TestNode, tokens } from './node-for-tests.ts'

let node: TestNode
beforeAll(async () => {
  node = await startTestNode()
  node.addServer('201', () => ok)
})
afterAll(() => node.gms.stop(false))

const chat = '/genesys/2/chat/care/0001Abc123DEF001'
const paths = [
  '/genesys/2/chat/care',
  '/genesys/2/chat/care/',
  ...['send', 'refresh', 'updateData', 'dance'].map(operation => `${chat}/${operation}`),
  '/genesys/1/admin/node/changestatus/ONLINE',
]
const types = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=x',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'multipart/form-data; boundary="',
  'application/json',
]

/** Bytes that look like a form here and there, so that they get past the first check. */
const formBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom('userId=u&', 'secureKey=k&', 'alias=201&', 'userData[', ']=', '%', '%zz', '%E2%82', '&&=&', '+'),
      fc.constantFrom('--b\r\n', '--b--\r\n', 'Content-Disposition: form-data; name="message"\r\n\r\n', '\r\n', '"'),
      fc.constantFrom('__proto__=1&', 'userData[__proto__]=1&', 'userData[constructor]=1&', 'message=', 'nickname=a&'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 30 },
  )
  .map(parts => Buffer.from(parts.join('')))

async function isAlive(): Promise<void> {
  expect((await node.post(`${chat}/refresh`, tokens)).status).toBe(200)
}

test('[CV2-035] whatever the body, there is an answer in JSON and the node lives on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.constantFrom(...types), formBytes, async (path, type, body) => {
      const request = { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(body) }
      const response = await fetch(node.gms.url + path, request)
      expect([200, 400, 401, 404, 413, 415]).toContain(response.status)
      JSON.parse(await response.text())
    }),
    { numRuns: 400, seed: 1 },
  )
  expect(node.lines.filter(line => line === 'request failed')).toEqual([])
  await isAlive()
})

test('whatever comes as bytes on the socket, and however it ends, the node lives on', async () => {
  const head = 'POST /genesys/2/chat/care/c/send HTTP/1.1\r\nHost: a\r\n'
  const form = 'Content-Type: application/x-www-form-urlencoded\r\n'
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
        // Less than was announced, broken chunks, broken multipart.
        formBytes.map(body => Buffer.concat([Buffer.from(`${head}${form}Content-Length: 5000\r\n\r\n`), body])),
        formBytes.map(body => Buffer.concat([Buffer.from(`${head}${form}Transfer-Encoding: chunked\r\n\r\n`), body])),
        formBytes.map(body =>
          Buffer.concat([
            Buffer.from(`${head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 300\r\n\r\n`),
            body,
          ]),
        ),
      ),
      async bytes => {
        await sendRaw(node.gms.port, bytes)
      },
    ),
    { numRuns: 200, seed: 2 },
  )
  await isAlive()
})

test('keys that name parts of objects are data like any other', async () => {
  node.seen.length = 0
  await node.post(`${chat}/updateData`, { ...tokens, 'userData[__proto__]': 'a', 'userData[constructor]': 'b' })
  expect(Object.entries(node.seen[0]!.request.userData!)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ])
})
