import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { TraceFrame } from '../../protocol/stream/trace.ts'
import { startCometClient } from '../gms-node/comet-chat/comet-client-for-tests.ts'
import { startSink, until } from '../push-sender/sender-for-tests.ts'
import { startTestServer, type TestServer } from '../server-for-tests.ts'
import { startControlApi } from './control-server.ts'

let under: TestServer
afterEach(() => under?.close())

const get = async (path: string) => (await under.control('GET', path)).body
const call = (method: string, path: string, body?: object) => under.control(method, path, body)

describe('clock', () => {
  test('time is advanced timer by timer', async () => {
    under = await startTestServer()
    const before = (await get('/clock')) as { nowMs: number }
    expect(before).toMatchObject({ frozen: false, factor: 1, canAdvance: true, canFreeze: false })
    expect((await call('POST', '/clock/advance', { ms: 1500 })).body).toMatchObject({ nowMs: before.nowMs + 1500 })
    expect((await call('POST', '/clock/advance', { ms: -1 })).status).toBe(400)
    expect((await call('POST', '/clock/freeze')).status).toBe(409)
  })

  test('[CS-062] a jump over all repetitions sends each of them, none is timed out', async () => {
    under = await startTestServer()
    const { tokens } = await under.chat('reliable')
    await call('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    await call('POST', '/clock/advance', { ms: 300_000 })
    expect(await under.settledPosts()).toHaveLength(11)
    expect(under.lines.filter(line => line.includes('was not'))).toEqual([])
  })

  test('a receiver that hangs holds time up only a little', async () => {
    under = await startTestServer({ sink: await startSink() })
    const { tokens } = await under.chat('payload')
    await call('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    await call('POST', '/clock/advance', { ms: 5000 })
    await until(() => under.lines.some(line => line.includes('(timeout after 5000 ms)')))
  })
})

describe('agents', () => {
  test('an agent does over the API what an agent desktop would do', async () => {
    under = await startTestServer()
    const customer = await under.chat('off')
    const at = `/sessions/${customer.tokens.chatId}`
    expect((await call('POST', `${at}/join`, { nickname: 'Bob' })).body).toEqual({ participantId: 2 })
    const participantId = 2
    for (const [action, body] of [
      ['type', { started: true, text: 'so' }],
      ['say', { text: 'hello', messageType: 'text' }],
      ['say', { text: 'between us', agentOnly: true }],
      ['push-url', { url: 'http://a' }],
      ['notice', { text: 'note' }],
      ['rename', { nickname: 'Robert' }],
      ['leave', {}],
    ] as const)
      expect((await call('POST', `${at}/${action}`, { participantId, ...body })).status).toBe(200)
    const { messages } = await customer.ask('refresh', { transcriptPosition: '2' })
    expect(messages.map(each => [each.type, each.text])).toEqual([
      ['ParticipantJoined', undefined],
      ['TypingStarted', 'so'],
      ['Message', 'hello'],
      ['PushUrl', 'http://a'],
      ['CustomNotice', 'note'],
      ['NicknameUpdated', 'Robert'],
      ['ParticipantLeft', undefined],
    ])
    const view = (await get(at)) as { transcript: { text?: string }[] }
    expect(view.transcript.map(each => each.text)).toContain('between us')
    expect((await call('POST', `${at}/stop-by-workflow`)).status).toBe(200)
    expect(await customer.ask('refresh')).toMatchObject({ statusCode: 0, chatEnded: true })
  })

  test('what is not there or not possible is said', async () => {
    under = await startTestServer()
    const { tokens } = await under.chat('off')
    expect(await call('POST', '/sessions/none/join', { nickname: 'Bob' })).toEqual({
      status: 404,
      body: { error: 'no session none' },
    })
    expect((await call('POST', `/sessions/${tokens.chatId}/say`, { participantId: 7, text: 'a' })).status).toBe(409)
    expect((await call('POST', `/sessions/${tokens.chatId}/say`, { participantId: 7 })).status).toBe(400)
    expect((await call('GET', '/nonsense')).status).toBe(404)
  })
})

describe('faults, options, gauges', () => {
  test('a fault is planted and cleared at run time', async () => {
    under = await startTestServer()
    const { tokens } = await under.chat('payload')
    expect((await call('PUT', '/faults/planted', { fault: 'drop-psuh' })).body).toMatchObject({
      error: expect.stringContaining('did you mean drop-push?'),
    })
    expect((await call('PUT', '/faults/planted', { fault: 'drop-push:nth=1' })).body).toEqual({
      planted: 'drop-push:nth=1',
    })
    expect(await get('/faults')).toMatchObject({
      known: expect.arrayContaining([expect.objectContaining({ name: 'swap-push' })]),
    })
    await call('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    for (const text of ['lost', 'kept'])
      await call('POST', `/sessions/${tokens.chatId}/say`, { participantId: 2, text })
    const texts = (await under.settledPosts()).map(post => JSON.stringify(post.body)).join()
    expect([texts.includes('lost'), texts.includes('kept')]).toEqual([false, true])
    expect((await call('DELETE', '/faults/planted')).body).toEqual({ planted: null })
  })

  test('[OPT-007] [OPT-008] options take effect at once or at the next start', async () => {
    under = await startTestServer()
    expect((await call('PUT', '/options/refserver/max-message-bytes', { value: '2' })).body).toEqual({
      kind: 'in-force',
    })
    const customer = await under.chat('off')
    expect(await customer.ask('send', { message: 'abc' })).toMatchObject({ errors: [{ code: 204 }] })
    await call('DELETE', '/options/refserver/max-message-bytes')
    expect(await customer.ask('send', { message: 'abc' })).toMatchObject({ statusCode: 0 })
    expect((await call('PUT', '/options/push/pushEnabled', { value: 'comet' })).body).toMatchObject({ kind: 'pending' })
    expect(await get('/options')).toContainEqual(expect.objectContaining({ section: 'push', option: 'pushEnabled' }))
  })

  test('[PUSH-004] pushEnabled is read when the node starts', async () => {
    under = await startTestServer({ set: ['push.pushEnabled=comet,foo,customhttp'] })
    const { tokens } = await under.chat('payload')
    const say = (text: string) => call('POST', `/sessions/${tokens.chatId}/say`, { participantId: 2, text })
    await call('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    await call('PUT', '/options/push/pushEnabled', { value: 'comet' })
    await say('still pushed')
    expect(await under.settledPosts()).toHaveLength(2)
    await call('POST', '/gms-nodes/gms-1/stop')
    await call('POST', '/gms-nodes/gms-1/start')
    await say('not pushed')
    expect(await under.settledPosts()).toHaveLength(2)
  })

  test('[PUSH-078] gauges as JSON and as Prometheus text', async () => {
    under = await startTestServer()
    await under.chat('off')
    const gauges = (await get('/gauges')) as Record<string, Record<string, object>>
    expect(gauges.gmsNodes!['gms-1']).toEqual({
      running: 1,
      requests: 0,
      cometSessions: 0,
      queued: 0,
      headAgeMs: 0,
      inFlight: 0,
      late: 0,
      answered: 0,
      failed: 0,
      unsent: 0,
    })
    expect(gauges.chatServers!['201']).toMatchObject({ running: 1, sessions: 1 })
    const text = await (await fetch(`${under.server.control}/metrics`)).text()
    expect(text).toContain('\nchatgauge_gms_node_head_age_ms{node="gms-1"} 0\n')
    expect(text).toContain('\nchatgauge_chat_server_sessions{alias="201"} 1\n')
    expect(text).toMatch(/\nchatgauge_process_rss_bytes \d+\n/)
  })
})

describe('trace and settle', () => {
  test('frames are numbered, complete at the settled answer, and in causal order', async () => {
    under = await startTestServer()
    const socket = new WebSocket(`${under.server.control!.replace('http', 'ws')}/trace`)
    const frames: TraceFrame[] = []
    socket.on('message', data => frames.push(JSON.parse(String(data))))
    await once(socket, 'open')
    const { tokens } = await under.chat('payload')
    await call('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    await call('POST', `/sessions/${tokens.chatId}/say`, { participantId: 2, text: 'hi' })
    expect((await call('POST', '/settle', {})).body).toEqual({ settled: true })
    await until(() => frames.flatMap(each => each.records).length >= 9)
    expect(frames.map(each => each.frame)).toEqual(frames.map((_, i) => i + 1))
    const records = frames.flatMap(each => each.records)
    const ofMessage = records.filter(each => each[2] === 3)
    expect(ofMessage.map(each => each[0])).toEqual(['accepted', 'queued', 'begun', 'answered'])
    const times = ofMessage.map(each => each[3] as number)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    socket.close()
  })

  test.each([
    ['?notifications', ['accepted', 'shown', 'accepted', 'notified']],
    ['', ['accepted', 'accepted']],
  ])('over CometD /trace%s tells %j', async (query, kinds) => {
    under = await startTestServer()
    const socket = new WebSocket(`${under.server.control!.replace('http', 'ws')}/trace${query}`)
    const frames: TraceFrame[] = []
    socket.on('message', data => frames.push(JSON.parse(String(data))))
    await once(socket, 'open')
    const client = await startCometClient(under.server.urls[0]!)
    await client.ask('requestChat', { firstName: 'Ann', lastName: 'Bee' })
    const [{ chatIds }] = (await get('/sessions')) as [{ chatIds: string[] }]
    await call('POST', `/sessions/${chatIds[0]}/join`, { nickname: 'Bob' })
    await client.hears(1)
    await call('POST', '/settle', {})
    await until(() => frames.flatMap(each => each.records).length >= kinds.length)
    expect(frames.flatMap(each => each.records).map(each => each[0])).toEqual(kinds)
    socket.close()
    await client.cut()
  })

  test('what still moves at the deadline is told', async () => {
    under = await startTestServer({ sink: await startSink() })
    const { tokens } = await under.chat('payload')
    await call('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
    expect((await call('POST', '/settle', { deadlineMs: 20 })).body).toEqual({
      settled: false,
      moving: { requests: 0, notices: 1, dueTimers: 0 },
    })
    under.sink.release()
    expect((await call('POST', '/settle', {})).body).toEqual({ settled: true })
  })

  test('the log can be read back', async () => {
    under = await startTestServer()
    const customer = await under.chat('off')
    const [last] = ((await get('/log')) as { number: number }[]).slice(-1)
    customer.tokens.secureKey = 'wrong'
    const answer = await customer.ask('refresh')
    expect(await get(`/log?after=${last!.number}`)).toContainEqual(
      expect.objectContaining({
        line: answer.errors![0]!.advice,
        fields: expect.objectContaining({ reason: 'wrong-key' }),
      }),
    )
  })
})

test('the port is for loopback only, unless a token is given, which every call then needs', async () => {
  under = await startTestServer()
  const controlled = {} as Parameters<typeof startControlApi>[0]
  await expect(startControlApi(controlled, { port: 0, host: '0.0.0.0' })).rejects.toThrow('needs a token')
  await under.close()
  under = await startTestServer({ controlHost: '0.0.0.0', controlToken: 'abc' })
  const url = under.server.control!.replace('0.0.0.0', '127.0.0.1')
  const status = async (headers: Record<string, string>) => (await fetch(`${url}/clock`, { headers })).status
  expect([await status({}), await status({ authorization: 'Bearer abc' })]).toEqual([401, 200])
  const socket = new WebSocket(`${url.replace('http', 'ws')}/trace`)
  await expect(once(socket, 'open')).rejects.toThrow('401')
})
