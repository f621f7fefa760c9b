import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, handshake, publishTo, subscribeTo } from './bayeux-for-tests.ts'
import { startTestEndpoint, type TestEndpoint } from './endpoint-for-tests.ts'

let under: TestEndpoint
beforeAll(async () => {
  under = await startTestEndpoint({ corsOrigins: ['https://shop.example'], timeoutMs: 200 })
})
afterAll(() => under.close())

const path = '/genesys/cometd'
const json = { 'content-type': 'application/json' }
const raw = (body: string, headers: Record<string, string> = json) =>
  under.request(path, { method: 'POST', body, headers })

test.each(['', '/', '/handshake', '/a/b/c', '?x=1'])(
  '[BX-001] a POST to the mount path + %j is served',
  async suffix => {
    expect(await under.post(handshake, undefined, path + suffix)).toMatchObject([{ successful: true }])
  },
)

test('[BX-001] what only begins like the mount path is somebody else’s', async () => {
  expect(await under.request('/genesys/cometdx', { method: 'POST' })).toMatchObject({ status: 404, text: 'REST' })
})

test('[BX-002] [BX-003] [BX-004] one message or an array: 200 and an array, whatever the messages say', async () => {
  for (const body of [publishTo('/demo/a', 1), [publishTo('/demo/a', 1)]]) {
    const { status, headers, text } = await raw(JSON.stringify(body))
    expect([status, headers.get('content-type'), JSON.parse(text)]).toEqual([
      200,
      'application/json;charset=UTF-8',
      [{ channel: '/demo/a', id: '4', error: '402::Unknown client', successful: false }],
    ])
  }
})

test.each([
  ['application/json;charset=UTF-8', 200],
  ['text/plain', 200],
  ['application/x-www-form-urlencoded', 200],
  ['application/json;charset=klingon', 400],
])('[BX-005] [BX-006] content type %s: %i', async (contentType, status) => {
  const body = JSON.stringify(handshake)
  expect((await raw(body, { 'content-type': contentType })).status).toBe(status)
})

test.each(['message=%5B%5D', '{', '7', '"x"', 'null', '[1,2]', '[[]]', '[]', ''])(
  '[BX-006] [BX-009] [BX-010] the body %j is 400',
  async body => {
    expect(await raw(body)).toMatchObject({ status: 400, text: '' })
  },
)

test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('[BX-007] %s is 400', async method => {
  expect(await under.request(path, { method })).toMatchObject({ status: 400, text: '' })
})

test('[BX-011] a body above the bound is 413, and the session goes on', async () => {
  const [{ clientId }] = (await under.post(handshake)) as [{ clientId: string }]
  expect((await raw(JSON.stringify({ ...publishTo('/demo/a', 'x'.repeat(20_000)), clientId }))).status).toBe(413)
  expect(await under.post({ ...publishTo('/demo/a', 1), clientId })).toMatchObject([{ successful: true }])
})

test('[BX-012] all of Unicode goes through', async () => {
  const [{ clientId }] = (await under.post(handshake)) as [{ clientId: string }]
  const data = { text: 'ä🙂\u0000\u2028\ud7ff' }
  expect((await under.post({ ...publishTo('/service/echo', data), clientId }))[0]).toEqual({
    channel: '/service/echo',
    data,
  })
})

test('[BX-014] [BX-084] a publish is answered while the connect is held', async () => {
  const [{ clientId }] = (await under.post(handshake)) as [{ clientId: string }]
  await under.post({ ...connect, clientId })
  let isHeld = true
  const held = under.post({ ...connect, clientId }).then(messages => {
    isHeld = false
    return messages
  })
  expect(await under.post({ ...publishTo('/service/echo', 1), clientId })).toHaveLength(2)
  expect(isHeld).toBe(true)
  expect(await held).toEqual([{ channel: '/meta/connect', id: '2', successful: true }])
})

test('[BX-046] an event of another client releases the poll', async () => {
  const [{ clientId }] = (await under.post(handshake, 'BAYEUX_BROWSER=a')) as [{ clientId: string }]
  const [other] = (await under.post(handshake, 'BAYEUX_BROWSER=b')) as [{ clientId: string }]
  await under.post(
    [
      { ...connect, clientId },
      { ...subscribeTo('/demo/x'), clientId },
    ],
    'BAYEUX_BROWSER=a',
  )
  const held = under.post({ ...connect, advice: { timeout: 5000 }, clientId }, 'BAYEUX_BROWSER=a')
  const poll = async () => under.post({ ...publishTo('/demo/x', 1), clientId: other.clientId }, 'BAYEUX_BROWSER=b')
  let messages: unknown[] | undefined
  void held.then(all => {
    messages = all
  })
  // The publish may be there before the poll: then it waits for it.
  for (let n = 0; n < 100 && !messages; n++) await poll()
  expect((await held)[0]).toEqual({ channel: '/demo/x', data: 1 })
})

test('[BX-048] an older poll fails with an empty 500', async () => {
  const [{ clientId }] = (await under.post(handshake, 'BAYEUX_BROWSER=d')) as [{ clientId: string }]
  const headers = { ...json, cookie: 'BAYEUX_BROWSER=d', origin: 'https://shop.example' }
  const body = JSON.stringify({ ...connect, clientId })
  const polls = [0, 1, 2].map(() => under.request(path, { method: 'POST', body, headers }))
  const answers = (await Promise.all(polls)).map(({ status, text, headers }) => [
    status,
    text.length > 0,
    headers.get('access-control-allow-origin'),
  ])
  // Whichever came first was the first connect, which is answered at once.
  expect(answers.sort()).toEqual([
    [200, true, 'https://shop.example'],
    [200, true, 'https://shop.example'],
    [500, false, 'https://shop.example'],
  ])
})

test('[BX-120] [BX-122] the first handshake gets a cookie, a request with one none, an empty header is none', async () => {
  const body = JSON.stringify(handshake)
  const cookies: (string | null)[] = []
  for (const cookie of ['', 'other=1; BAYEUX_BROWSER=x', 'NOT_BAYEUX_BROWSER=x'])
    cookies.push((await raw(body, { ...json, cookie })).headers.get('set-cookie'))
  const fresh = expect.stringMatching(/^BAYEUX_BROWSER=[0-9a-f]{20}; Path=\/; HttpOnly$/)
  expect(cookies).toEqual([fresh, null, fresh])
})

test('[BX-008] [BX-165] CORS: an allowed origin is named, with credentials, another one is not', async () => {
  const preflight = (origin: string) =>
    under.request(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-headers': 'content-type' } })
  const names = ['origin', 'credentials', 'methods', 'headers'].map(name => `access-control-allow-${name}`)
  const allowed = await preflight('https://shop.example')
  expect([allowed.status, allowed.text, ...names.map(name => allowed.headers.get(name))]).toEqual([
    200,
    '',
    'https://shop.example',
    'true',
    'POST, GET',
    'content-type',
  ])
  const denied = await preflight('https://evil.example')
  expect([denied.status, ...names.map(name => denied.headers.get(name))]).toEqual([200, null, null, null, null])
  const answer = await raw(JSON.stringify(handshake), { ...json, origin: 'https://shop.example' })
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
})

const jsonp = (query: string, cookie = 'BAYEUX_BROWSER=j') => under.request(`${path}?${query}`, { headers: { cookie } })
const encoded = (message: unknown) => `message=${encodeURIComponent(JSON.stringify(message))}`

test('[BX-130] [BX-135] callback-polling answers a script', async () => {
  const { status, headers, text } = await jsonp(`jsonp=_cometd_jsonp_0&${encoded([handshake])}`)
  const [, body] = /^_cometd_jsonp_0\((.*)\)$/s.exec(text)!
  expect([status, headers.get('content-type'), headers.get('x-content-type-options'), JSON.parse(body!)]).toEqual([
    200,
    'text/javascript;charset=UTF-8',
    'nosniff',
    [expect.objectContaining({ successful: true })],
  ])
})

test('[BX-133] [BX-135] repeated messages are one batch, line separators are escaped', async () => {
  const [, body] = /^cb\((.*)\)$/s.exec((await jsonp(`jsonp=cb&${encoded(handshake)}`)).text)!
  const [{ clientId }] = JSON.parse(body!) as [{ clientId: string }]
  const messages = [connect, publishTo('/service/echo', '\u2028\u2029')].map(each => encoded({ ...each, clientId }))
  const { text } = await jsonp(`jsonp=cb&${messages.join('&')}`)
  expect(text).toContain('"data":"\\u2028\\u2029"')
  expect(JSON.parse(text.slice(3, -1))).toHaveLength(3)
})

test.each([
  ['alert(1)//', 'a callback that is code'],
  ['x'.repeat(65), 'a long callback'],
  ['', 'an empty callback'],
  ['a&jsonp=b', 'two callbacks'],
])('[BX-131] [BX-132] [BX-133] %s: 400', async callback => {
  expect(await jsonp(`jsonp=${callback}&${encoded(handshake)}`)).toMatchObject({ status: 400, text: '' })
})

test.each(['jsonp=cb', 'jsonp=cb&message=', 'jsonp=cb&message=%7B', 'message=%5B%7B%7D%5D'])(
  '[BX-132] %s: 400',
  async query => {
    expect(await jsonp(query)).toMatchObject({ status: 400, text: '' })
  },
)

test('[BX-009] data that is nested without end is 400, and the session goes on', async () => {
  const [{ clientId }] = (await under.post(handshake)) as [{ clientId: string }]
  const nested = (name: string) =>
    `{"channel":"/service/echo","id":"1","clientId":"${clientId}","${name}":${'['.repeat(9000)}${']'.repeat(9000)}}`
  for (const body of [nested('data'), nested('data').replace('/service/echo', '/meta/subscribe')])
    expect([200, 400]).toContain((await raw(body, { ...json, cookie: 'BAYEUX_BROWSER=me' })).status)
  expect(await under.post({ ...publishTo('/demo/a', 1), clientId })).toMatchObject([{ successful: true }])
  expect(under.lines).toEqual([])
})
