import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, ok, sendRaw, startTestNode, type TestNode, tokens } from './node-for-tests.ts'

let node: TestNode
beforeAll(async () => {
  node = await startTestNode()
  node.addServer('201', () => ok)
})
afterAll(() => node.gms.stop(false))

const base = '/genesys/2/chat/care'
const chat = `${base}/0001Abc123DEF001`
const names = { firstName: 'Ann', lastName: 'Bee' }

/** Matrix 4.5; nothing of it may reach a Chat Server. */
const rows: [name: string, path: string, form: Record<string, string>, status: number, code: number][] = [
  ['[CV2-036] no name at all', base, {}, 400, 161],
  ['[CV2-036] only the last name', base, { lastName: 'Bee' }, 400, 102],
  ['[CV2-036] only the first name', base, { firstName: 'Ann' }, 400, 103],
  ['[CV2-037] malformed e-mail', base, { ...names, emailAddress: 'notanaddress' }, 400, 364],
  ['[CV2-038] 41 bytes', `${chat}/send`, { ...tokens, message: `${'x'.repeat(39)}é` }, 400, 204],
  ['[CV2-095] send without message', `${chat}/send`, tokens, 400, 9001],
  ['[CV2-012] send with empty message', `${chat}/send`, { ...tokens, message: '' }, 400, 9001],
  ['[CV2-095] pushUrl without URL', `${chat}/pushUrl`, tokens, 400, 9001],
  ['[CV2-095] updateNickname without name', `${chat}/updateNickname`, tokens, 400, 9001],
  ['[CV2-107] readReceipt without position', `${chat}/readReceipt`, tokens, 400, 9001],
  ['no secureKey', `${chat}/refresh`, { ...tokens, secureKey: '' }, 400, 9001],
  ['no userId', `${chat}/refresh`, { ...tokens, userId: '' }, 400, 9001],
  ['no alias', `${chat}/refresh`, { ...tokens, alias: '' }, 400, 9001],
  ['[CV2-089] -1', `${chat}/refresh`, { ...tokens, transcriptPosition: '-1' }, 400, 9002],
  ['[CV2-089] abc', `${chat}/refresh`, { ...tokens, transcriptPosition: 'abc' }, 400, 9002],
  ['[CV2-089] 1.5', `${chat}/send`, { ...tokens, message: 'a', transcriptPosition: '1.5' }, 400, 9002],
  ['[CV2-008] unknown service', '/genesys/2/chat/nobody', names, 404, 9003],
  ['[CV2-008] unknown service of a session', '/genesys/2/chat/nobody/c/send', tokens, 404, 9003],
  ['[CV2-009] unknown operation', `${chat}/dance`, tokens, 404, 9004],
  ['[CV2-009] no operation', chat, tokens, 404, 9004],
  ['[CV2-009] something else', '/elsewhere', {}, 404, 9004],
  ['body too large', `${chat}/send`, { ...tokens, message: 'x'.repeat(2000) }, 413, 9007],
  ['[OPT-086] no credentials', '/genesys/2/chat/locked', names, 401, 9008],
]

describe('[CV2-035] the node refuses with errors and no statusCode', () => {
  test.each(rows)('%s', async (_name, path, form, status, code) => {
    const answer = await node.post(path, form)
    expect(answer).toMatchObject({ status, body: { errors: [{ code, advice: expect.any(String) }] } })
    expect(Object.keys(answer.body as object)).toEqual(['errors'])
    expect(node.seen).toEqual([])
  })

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '[CV2-002] %s is answered 405 with Allow: POST',
    async method => {
      for (const path of [base, `${chat}/send`]) {
        const answer = await answerOf(await fetch(node.gms.url + path, { method }))
        expect(answer).toMatchObject({ status: 405, body: { errors: [{ code: 9005 }] } })
        expect(answer.headers.get('allow')).toBe('POST')
      }
    },
  )

  test.each(['application/json', 'text/plain', 'nonsense', ''])(
    '[CV2-006] content type "%s" is answered 415',
    async type => {
      const body = Buffer.from('{"message":"a"}')
      const ask = async (path: string) =>
        answerOf(await fetch(node.gms.url + path, { method: 'POST', body, headers: { 'content-type': type } }))
      expect(await ask(`${chat}/send`)).toMatchObject({ status: 415, body: { errors: [{ code: 9006 }] } })
      expect(await ask(`${chat}/dance`)).toMatchObject({ status: 404, body: { errors: [{ code: 9004 }] } })
    },
  )

  test('a chunked body above the limit is answered 413', async () => {
    const body = new Blob(['message=', 'x'.repeat(3000)]).stream()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await answerOf(
      await fetch(`${node.gms.url}${chat}/send`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
    )
    expect(answer).toMatchObject({ status: 413, body: { errors: [{ code: 9007 }] } })
  })

  test('[OQ-21] credentials are checked in request chat only', async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
    const path = '/genesys/2/chat/locked'
    expect((await node.post(path, names)).headers.get('www-authenticate')).toBe('Basic realm="locked"')
    expect((await node.post(path, names, basic('ann:x'))).status).toBe(401)
    expect((await node.post(path, names, basic('ann:b:c'))).status).toBe(200)
    expect((await node.post(`${path}/c/refresh`, tokens)).status).toBe(200)
    node.seen.length = 0
  })

  test('a path that cannot be decoded and a head that is no HTTP are refused, not crashed on', async () => {
    expect((await node.post('/genesys/2/chat/%zz/c/send', tokens)).status).toBe(400)
    expect(await sendRaw(node.gms.port, 'HELLO\r\n\r\n')).toContain('HTTP/1.1 400')
    expect(await sendRaw(node.gms.port, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toContain(
      'HTTP/1.1 431',
    )
  })
})

describe('node status', () => {
  const admin = { authorization: `Basic ${Buffer.from('default:password').toString('base64')}` }
  const ask = async (method: string, path: string, headers: Record<string, string> = admin) =>
    answerOf(await fetch(`${node.gms.url}/genesys/1/${path}`, { method, headers }))

  test('[CV2-190] [CV2-192] [CV2-193] the status is a bare word, changed only to a known one', async () => {
    const status = async () => {
      const { headers, body } = await ask('GET', 'admin/node/status')
      return [headers.get('content-type')?.split(';')[0], body]
    }
    expect(await status()).toEqual(['text/plain', 'ONLINE'])
    expect((await ask('POST', 'admin/node/changestatus/OFFLINE')).status).toBe(200)
    expect(await status()).toEqual(['text/plain', 'OFFLINE'])
    expect((await ask('POST', 'admin/node/changestatus/SLEEPING')).status).toBe(400)
    expect(await status()).toEqual(['text/plain', 'OFFLINE'])
    // CV2-194: it still serves.
    expect((await node.post(`${chat}/refresh`, tokens)).status).toBe(200)
    expect((await ask('POST', 'admin/node/changestatus/ONLINE')).status).toBe(200)
    node.seen.length = 0
  })

  test('[CV2-191] [CV2-195] credentials are needed, except by the oldest form', async () => {
    expect((await ask('GET', 'admin/node/status', {})).status).toBe(401)
    expect((await ask('POST', 'admin/node/changestatus/OFFLINE', {})).status).toBe(401)
    expect((await ask('GET', 'node', {})).status).toBe(200)
  })
})

test('[OPT-086] [CV2-035] credentials are asked for whatever the letters of the service', async () => {
  const other = await startTestNode({
    hasService: service => service === 'помощь',
    credentials: () => ({ username: 'ann', password: 'b' }),
  })
  const path = `/genesys/2/chat/${encodeURIComponent('помощь')}`
  const answer = await other.post(path, names)
  await other.gms.stop(false)
  expect([answer.status, answer.body]).toEqual([
    401,
    { errors: [{ code: 9008, advice: 'missing or wrong credentials' }] },
  ])
  expect(answer.headers.get('www-authenticate')).toBe(`Basic realm="${encodeURIComponent('помощь')}"`)
})
