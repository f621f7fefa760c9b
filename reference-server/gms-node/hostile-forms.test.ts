import { once } from 'node:events'
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createFileStore } from '../file-store.ts'
import { createSeededRandom } from '../time/seeded-random.ts'
import { createTokenReader, createTokenWriter } from './cometd-token.ts'
import { ok, startTestNode, type TestNode, tokens } from './node-for-tests.ts'

const place = mkdtempSync(join(tmpdir(), 'hostile-forms-'))
const files = createFileStore({
  random: createSeededRandom(1, 'files'),
  place: () => place,
  maxBytes: () => 1e8,
})
const key = Buffer.alloc(16)
let node: TestNode
beforeAll(async () => {
  node = await startTestNode(
    { maxBodyBytes: () => 8_388_608 },
    {
      files: { files, stallMs: 200, readToken: createTokenReader(key), writeToken: createTokenWriter(key) },
      patience: { handshakeMs: 100, requestMs: 300, lookEveryMs: 20 },
    },
  )
  node.addServer('201', () => ok)
})
afterAll(async () => {
  await node.gms.stop(false)
  await files.close()
  rmSync(place, { recursive: true })
})

const chat = '/genesys/2/chat/care/0001Abc123DEF001'
const places = [`${chat}/refresh`, `${chat}/file`, '/genesys/2/chat-ntf']
const multipart = 'multipart/form-data; boundary=b'
const urlEncoded = 'application/x-www-form-urlencoded'

async function post(path: string, type: string, body: string | Buffer, headers = {}) {
  const response = await fetch(node.gms.url + path, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: new Uint8Array(Buffer.from(body)),
  })
  const { errors = [] } = (await response.json()) as { errors?: { code: number; advice: string }[] }
  return { status: response.status, code: errors[0]?.code, advice: errors[0]?.advice }
}

async function isWell(): Promise<void> {
  expect((await node.post(`${chat}/refresh`, tokens)).status).toBe(200)
}

test.each([
  ['parts without a head', '--b\r\n\r\n\r\n'],
  ['boundaries', '--b\r\n'],
  ['fields', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'],
  ['files', '--b\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n\r\n'],
  ['parts without a name', '--b\r\nContent-Disposition: attachment\r\n\r\n\r\n'],
])('a form of %s by the thousand is refused before it is read', async (_what, part) => {
  for (const path of places) {
    const answer = await post(path, multipart, `${part.repeat(5000)}--b--\r\n`)
    expect(answer).toEqual({ status: 400, code: 9010, advice: expect.stringMatching(/more than \d+ (parts|fields)/) })
  }
  await isWell()
})

test('[CV2-003] a form has a thousand fields and no more', async () => {
  const form = `${new URLSearchParams(tokens)}`
  const fields = (count: number) => form + '&a='.repeat(count - 3)
  expect(await post(places[0]!, urlEncoded, fields(1000))).toMatchObject({ status: 200 })
  for (const body of [fields(1001), 'a&'.repeat(500_000), '&'.repeat(2_000_000)])
    expect(await post(places[0]!, urlEncoded, body)).toMatchObject({ status: 400, code: 9010 })
})

test('megabytes of plus signs are a value like any other', async () => {
  const body = `${new URLSearchParams(tokens)}&message=`
  const answer = await post(places[0]!, urlEncoded, body + '+'.repeat(8_000_000))
  expect(answer).toMatchObject({ status: 200 })
})

test.each([
  ['thousands of headers', `--b\r\n${'A: b\r\n'.repeat(300_000)}`],
  ['a header of a megabyte', `--b\r\nA: ${'b'.repeat(1_000_000)}\r\n`],
  ['a header of thousands of parameters', `--b\r\nA: b${"; c*=utf-8''d".repeat(100_000)}\r\n`],
])('%s in a part are no more than a part that is not understood', async (_what, head) => {
  const field = 'Content-Disposition: form-data; name="userId"\r\n\r\nu\r\n--b--\r\n'
  for (const path of places)
    expect(await post(path, multipart, head + field)).toMatchObject({ status: 400, code: 9001 })
  await isWell()
})

test('[CV2-074] a quote in the name of a field is one in both forms', async () => {
  node.seen.length = 0
  const fields = { ...tokens, 'userData[a "b"]': 'c' }
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const body of [new URLSearchParams(fields), form])
    expect((await fetch(`${node.gms.url}${chat}/updateData`, { method: 'POST', body })).status).toBe(200)
  const quoted = Object.assign(Object.create(null), { 'a "b"': 'c' })
  expect(node.seen.map(({ request }) => request.userData)).toEqual([quoted, quoted])
})

test('[CV2-006] a compressed body is not unpacked, but answered with 415', async () => {
  const bomb = gzipSync(Buffer.alloc(30_000_000))
  for (const path of places)
    for (const type of [multipart, urlEncoded])
      for (const encoding of ['gzip', 'deflate', 'br, gzip'])
        expect(await post(path, type, bomb, { 'content-encoding': encoding })).toMatchObject({
          status: 415,
          code: 9006,
        })
  const plain = { 'content-encoding': 'identity' }
  expect(await post(places[0]!, urlEncoded, `${new URLSearchParams(tokens)}`, plain)).toMatchObject({ status: 200 })
})

test('[CV2-172] an upload that trickles is answered 408 in the end, and nothing is left of it', async () => {
  const trickles = Array.from({ length: 10 }, async () => {
    const socket = connect(node.gms.port, '127.0.0.1').on('error', () => {})
    let answer = ''
    socket.on('data', data => {
      answer += data
    })
    const isGone = new Promise(resolve => socket.on('close', resolve))
    socket.write(
      `POST ${chat}/file HTTP/1.1\r\nHost: a\r\nContent-Type: ${multipart}\r\nContent-Length: 100000\r\n\r\n` +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n',
    )
    const drip = setInterval(() => socket.write('x'), 10)
    await isGone
    clearInterval(drip)
    return answer
  })
  for (const answer of await Promise.all(trickles)) expect(answer).toContain('HTTP/1.1 408')
  await vi.waitFor(() =>
    expect(readdirSync(place, { recursive: true }).filter(name => String(name).includes('/'))).toEqual([]),
  )
  await isWell()
})

function openFiles(): string[] {
  const targets = readdirSync('/proc/self/fd').map(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  return targets.filter(target => target.startsWith(place))
}

test('[CV2-173] a download of which its client takes nothing is cut, one that is slow is not', async () => {
  const sizeBytes = 20_000_000
  const kept = await files.put(Readable.from(Array(sizeBytes / 100_000).fill(Buffer.alloc(100_000, 'x'))))
  if (kept === 'full') throw new Error('the store is full')
  node.addServer('201', () => ({ ...ok, file: { ...kept, name: 'a.txt', type: 'text/plain' } }))
  const form = `${new URLSearchParams(tokens)}`
  const ask = () => {
    const socket = connect(node.gms.port, '127.0.0.1').on('error', () => {})
    socket.write(
      `POST ${chat}/file/${kept.fileId}/download HTTP/1.1\r\nHost: a\r\nConnection: close\r\n` +
        `Content-Type: ${urlEncoded}\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
    )
    return socket
  }
  const stalled = ask()
  await once(stalled, 'readable')
  const slow = ask()
  let received = 0
  slow.on('data', chunk => {
    received += chunk.length
    slow.pause()
    setTimeout(() => slow.resume(), 1)
  })
  await once(slow, 'close')
  expect(received).toBeGreaterThan(sizeBytes)
  await vi.waitFor(() => expect(openFiles()).toEqual([]), { timeout: 5000 })
  stalled.destroy()
  files.remove(kept.fileId)
})
