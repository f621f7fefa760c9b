import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Customer, startTestServer, type TestServer } from '../../server-for-tests.ts'
import { sendRaw } from '../node-for-tests.ts'

let under: TestServer
let customer: Customer
let place: string
let url: URL

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'uploads-test-'))
  under = await startTestServer({
    set: [
      `refserver.file-store-folder=${place}`,
      'refserver.max-body-bytes=300000',
      'client-file-transfer.upload-max-files=1000',
      'client-file-transfer.upload-need-agent=false',
    ],
  })
  url = new URL(under.server.urls[0]!)
})
beforeEach(async () => {
  customer = await under.chat('off')
})
afterAll(async () => {
  await under.close()
  await rm(place, { recursive: true, force: true })
})

const boundary = 'b'
const part = (head: string, content: string | Buffer) =>
  Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')])
const field = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value)
const file = (name: string, content: string | Buffer = 'hello') =>
  part(`Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain`, content)
const end = Buffer.from(`--${boundary}--\r\n`)
const tokens = () => Buffer.concat(Object.entries(customer.tokens).map(([name, value]) => field(name, value)))

const path = () => `/genesys/2/chat/customer-support/${customer.tokens.chatId}/file`
async function post(body: Buffer, type = `multipart/form-data; boundary=${boundary}`, at = path()) {
  const response = await fetch(new URL(at, url), {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(body),
  })
  const answer = (await response.json()) as { statusCode?: number; errors?: { code: number; advice: string }[] }
  return { status: response.status, ...answer, code: answer.errors?.[0]?.code }
}

async function download(answer: object): Promise<Response> {
  const id = (answer as { userData: Record<string, string> }).userData['file-id']
  const form = new URLSearchParams(customer.tokens)
  const response = await fetch(new URL(`${path()}/${id}/download`, url), { method: 'POST', body: form })
  expect([response.status, await response.text()]).toEqual([200, 'hello'])
  return response
}

/** Files of the store, and those among them that are open. */
async function leftovers(): Promise<{ files: string[]; open: string[] }> {
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('/'))
  const targets = readdirSync('/proc/self/fd').map(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  return { files, open: targets.filter(target => target.startsWith(place)) }
}

/** A descriptor is closed a moment after the answer. */
async function nothingIsLeft(): Promise<void> {
  let left = await leftovers()
  for (let turn = 0; turn < 2000 && left.files.length + left.open.length > 0; turn++) {
    await setImmediate()
    left = await leftovers()
  }
  expect(left).toEqual({ files: [], open: [] })
}

test.each([
  ['two files', () => [file('a.txt'), file('b.txt')], 400, 9010, 'more than one file'],
  ['no file', () => [], 400, 9001, 'mandatory field file'],
  ['a file that nobody chose', () => [file('', '')], 400, 9001, 'mandatory field file'],
  ['a file under another name', () => [field('files', 'hello')], 400, 9001, 'mandatory field file'],
  ['a control character in the name', () => [file('a\u0007.txt')], 400, 9010, 'control characters'],
  ['a line break in the name', () => [file('a\n.txt')], 400, 9001, 'mandatory field file'],
  ['a name of 300 bytes', () => [file(`${'a'.repeat(296)}.txt`)], 400, 9010, 'longer than 255 bytes'],
  ['a body beyond the limit', () => [file('a.txt', Buffer.alloc(300_001))], 413, 9007, 'too large'],
  ['a field beyond the limit', () => [field('userData[a]', 'a'.repeat(70_000)), file('a.txt')], 413, 9007, 'too large'],
  ['a hundred fields too many', () => Array.from({ length: 200 }, () => field('a', 'b')), 400, 9010, 'fields'],
])('[CV2-172] %s is refused and leaves nothing', async (_what, parts, status, code, advice) => {
  expect(await post(Buffer.concat([tokens(), ...parts(), end]))).toMatchObject({
    status,
    errors: [{ code, advice: expect.stringContaining(advice) }],
  })
  await nothingIsLeft()
  expect(await customer.ask('refresh')).toMatchObject({ statusCode: 0, nextPosition: 2 })
})

test.each([
  ['an unfinished form', () => Buffer.concat([tokens(), file('a.txt')]), undefined],
  [
    'half a file',
    () => Buffer.concat([tokens(), file('a.txt', Buffer.alloc(200_000))]).subarray(0, 150_000),
    undefined,
  ],
  ['another boundary', () => Buffer.concat([tokens(), file('a.txt'), end]), 'multipart/form-data; boundary=c'],
  ['no boundary', () => Buffer.concat([tokens(), file('a.txt'), end]), 'multipart/form-data'],
  ['nothing', () => Buffer.alloc(0), undefined],
])('[CV2-172] %s is answered 400 with 9010 and leaves nothing', async (_what, body, type) => {
  expect(await post(body(), type)).toMatchObject({ status: 400, code: 9010 })
  await nothingIsLeft()
})

test.each([
  ['text/plain;charset=utf-8', 'text/plain;charset=utf-8'],
  ['Text/X; a="b;c" ; d=e', 'Text/X; a="b;c" ; d=e'],
  ['text/plain;charset=', 'text/plain'],
  ['text/plain; a="b\u0007"', 'text/plain'],
  [`text/plain;a=${'b'.repeat(300)}`, 'text/plain'],
  ['nothing; a=b', 'application/octet-stream'],
  ['', 'text/plain'],
])('[CV2-174] a file of type %j is downloaded as %j', async (type, expected) => {
  // Headers of the parts around it are theirs.
  const field = part('Content-Disposition: form-data; name="a"\r\nContent-Type: text/other;charset=x', 'b')
  const head = `Content-Disposition: form-data; name="file"; filename="a.txt"${type && `\r\nContent-Type: ${type}`}`
  const answer = await post(Buffer.concat([field, tokens(), part(head, 'hello'), field, end]))
  const { headers } = await download(answer)
  expect(headers.get('content-type')).toBe(expected)
  await customer.ask('disconnect')
})

test('[CV2-174] a quote in a file name is one, whether its client escapes it as browsers do or as RFC 822 does', async () => {
  for (const name of ['my %22best%22 100%.txt', 'my \\"best\\" 100%.txt']) {
    const { headers } = await download(await post(Buffer.concat([tokens(), file(name), end])))
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename="my \\"best\\" 100%.txt"; filename*=UTF-8\'\'my%20%22best%22%20100%25.txt',
    )
  }
  await customer.ask('disconnect')
})

test('[CV2-183] fields after the file count, an unknown one with an endless name is ignored', async () => {
  const endless = part(`Content-Disposition: form-data; name="${'n'.repeat(100_000)}"`, 'x')
  const answer = await post(Buffer.concat([file('a.txt'), endless, tokens(), end]))
  expect(answer).toMatchObject({ status: 200, statusCode: 0 })
  expect((await leftovers()).files).toHaveLength(1)
  await customer.ask('disconnect')
  await nothingIsLeft()
})

test('[CV2-035] an upload to a service or path that is not there is answered before it is stored', async () => {
  const body = Buffer.concat([tokens(), file('a.txt', Buffer.alloc(200_000)), end])
  expect(await post(body, undefined, path().replace('customer-support', 'nobody'))).toMatchObject({
    status: 404,
    code: 9003,
  })
  expect(await post(body, undefined, `${path()}/there`)).toMatchObject({ status: 404, code: 9004 })
  await nothingIsLeft()
})

test('[CV2-103] an upload with a wrong key is fatal and leaves nothing', async () => {
  const { chatId, userId, alias } = customer.tokens
  const wrong = Buffer.concat([
    field('userId', userId),
    field('secureKey', 'ffff'),
    field('alias', alias),
    file('a.txt'),
    end,
  ])
  expect(await post(wrong, undefined, path())).toMatchObject({ status: 200, statusCode: 2, code: 249 })
  expect(chatId).not.toBe('')
  await nothingIsLeft()
})

test('[CV2-172] a body beyond the limit that does not say its length is cut short and leaves nothing', async () => {
  const body = new Blob([new Uint8Array(Buffer.concat([tokens(), file('a.txt', Buffer.alloc(400_000)), end]))]).stream()
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const response = await fetch(new URL(path(), url), { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  expect([response.status, ((await response.json()) as { errors: object[] }).errors]).toEqual([
    413,
    [{ code: 9007, advice: 'request body too large' }],
  ])
  await nothingIsLeft()
})

test('a connection that breaks off half-way through a file leaves nothing, neither in the folder nor open', async () => {
  const body = Buffer.concat([tokens(), file('a.txt', Buffer.alloc(200_000)), end])
  const head = `POST ${path()} HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${body.length}\r\n\r\n`
  for (let n = 0; n < 5; n++) {
    const socket = connect(Number(url.port), url.hostname)
    socket.on('error', () => {})
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, 150_000)]))
    for (let turn = 0; turn < 2000 && (await leftovers()).files.length === 0; turn++) await setImmediate()
    expect((await leftovers()).files).toHaveLength(1)
    socket.destroy()
    await nothingIsLeft()
  }
  // Said to the end, and less than was announced.
  await sendRaw(Number(url.port), Buffer.concat([Buffer.from(head), body.subarray(0, 100_000)]))
  await nothingIsLeft()
})

test('a file larger than what is kept in memory arrives whole, several at once', async () => {
  const contents = Array.from({ length: 8 }, (_, n) => Buffer.alloc(250_000, `${n}-`))
  const answers = await Promise.all(
    contents.map(content => post(Buffer.concat([tokens(), file('big.txt', content), end]))),
  )
  const ids = answers.map(answer => (answer as { userData?: { 'file-id': string } }).userData!['file-id'])
  const found = await Promise.all(
    ids.map(async id => {
      const form = new URLSearchParams(customer.tokens)
      const response = await fetch(new URL(`${path()}/${id}/download`, url), { method: 'POST', body: form })
      return Buffer.from(await response.arrayBuffer())
    }),
  )
  expect(found.map((content, n) => content.equals(contents[n]!))).toEqual(contents.map(() => true))
  await customer.ask('disconnect')
  await nothingIsLeft()
})

test('over the limit of the store an upload is refused with 202, and the chat goes on', async () => {
  await under.control('PUT', '/options/refserver/file-store-max-bytes', { value: '1000' })
  const body = Buffer.concat([tokens(), file('a.txt', Buffer.alloc(1001)), end])
  expect(await post(body)).toMatchObject({ status: 200, statusCode: 2, chatEnded: false, code: 202 })
  await nothingIsLeft()
  await under.control('DELETE', '/options/refserver/file-store-max-bytes')
})

test('of uploads at the same time the store keeps what it has room for, the others are refused with 202', async () => {
  await under.control('PUT', '/options/refserver/file-store-max-bytes', { value: '600000' })
  const body = Buffer.concat([tokens(), file('a.txt', Buffer.alloc(250_000)), end])
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(body)))
  const kept = answers.filter(({ statusCode }) => statusCode === 0).length
  expect(answers.filter(({ code }) => code === 202)).toHaveLength(8 - kept)
  expect(kept).toBeLessThanOrEqual(2)
  expect((await leftovers()).files).toHaveLength(kept)
  await under.control('DELETE', '/options/refserver/file-store-max-bytes')
  await customer.ask('disconnect')
  await nothingIsLeft()
})

test('whatever comes as an upload, there is an answer in JSON and nothing is left', async () => {
  const pieces = fc.constantFrom(
    '--b\r\n',
    '--b--\r\n',
    '\r\n',
    'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n',
    'Content-Disposition: form-data; name="operation"\r\n\r\nfileUpload\r\n',
    'Content-Disposition: form-data; name="file"; filename*=utf-8%27%27..%2f\r\n\r\n',
    'Content-Disposition: form-data; name="file"; filename="\r\n\r\n',
    'Content-Type: multipart/mixed; boundary=c\r\n',
    'x'.repeat(5000),
  )
  const bodies = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 12 })
  const paths = fc.constantFrom(path(), `${path()}/limits`, `${path()}/00/delete`, '/genesys/2/chat-ntf')
  await fc.assert(
    fc.asyncProperty(bodies, paths, async (body, at) => {
      expect((await post(Buffer.from(body.join('')), undefined, at)).status).toBe(400)
    }),
    { numRuns: 40, seed: 3 },
  )
  expect(under.lines.filter(line => line === 'request failed')).toEqual([])
  await nothingIsLeft()
})

test('[CV2-169] of a large file only what is on its way is in memory, and open only for who reads it', async () => {
  const size = 16 * 1024 * 1024
  for (const option of ['refserver/max-body-bytes', 'client-file-transfer/upload-max-file-size'])
    await under.control('PUT', `/options/${option}`, { value: String(2 * size) })
  await under.control('PUT', '/options/client-file-transfer/upload-max-total-size', { value: String(2 * size) })
  const [before, after] = [Buffer.concat([tokens(), file('big.txt', '').subarray(0, -2)]), Buffer.from('\r\n--b--\r\n')]
  const head = `POST ${path()} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n`
  const socket = connect(Number(url.port), url.hostname)
  const answer: Buffer[] = []
  socket.on('data', chunk => answer.push(chunk))
  socket.write(`${head}Content-Length: ${before.length + size + after.length}\r\n\r\n`)
  socket.write(before)
  const chunk = Buffer.alloc(64 * 1024, 'x')
  // What nobody holds any more is cleared away before it is counted.
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = () => {
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const idle = held()
  let most = 0
  for (let sent = 0; sent < size; sent += chunk.length) {
    if (!socket.write(chunk)) await once(socket, 'drain')
    if (sent % (4 * 1024 * 1024) === 0) most = Math.max(most, held() - idle)
  }
  socket.write(after)
  await once(socket, 'close')
  expect(Buffer.concat(answer).toString()).toContain('"file-id"')
  expect(most).toBeLessThan(size / 2)

  // CV2-173: who goes away in the middle of a download leaves no open file.
  const id = /"file-id":"(\w+)"/.exec(Buffer.concat(answer).toString())![1]
  const form = String(new URLSearchParams(customer.tokens))
  const formHead = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}`
  const reader = connect(Number(url.port), url.hostname)
  reader.write(`POST ${path()}/${id}/download HTTP/1.1\r\nHost: a\r\n${formHead}\r\n\r\n${form}`)
  await once(reader, 'readable')
  expect((await leftovers()).open).toHaveLength(1)
  reader.destroy()
  for (let turn = 0; turn < 2000 && (await leftovers()).open.length > 0; turn++) await setImmediate()
  expect((await leftovers()).open).toEqual([])
  await customer.ask('disconnect')
  await nothingIsLeft()
})
