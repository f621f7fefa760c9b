import { afterEach, describe, expect, test } from 'vitest'
import { writeMarker } from '../protocol/marker.ts'
import { startTestServer, type TestServer } from './server-for-tests.ts'

let under: TestServer
afterEach(() => under?.close())

const bodyOf = (post: { body: unknown }) => post.body as { deviceId: string; message?: Record<string, unknown> }
const eventOf = (post: { body: unknown }) =>
  (bodyOf(post).message!.messages as { index: number; text?: string; type: string; userData?: object }[])[0]!

describe('the REST story', () => {
  test('[CV2-070] [CV2-079] [CV2-085] [CV2-100] request, send, refresh, disconnect', async () => {
    under = await startTestServer()
    const first = await under.request({ firstName: 'Ann', lastName: 'Bee' })
    expect(first).toEqual({
      statusCode: 0,
      alias: '201',
      userId: expect.stringMatching(/^[0-9A-F]{16}$/),
      secureKey: expect.stringMatching(/^[0-9a-f]{16,20}$/),
      chatId: expect.stringMatching(/^[0-9A-Za-z]{16}$/),
      nextPosition: 2,
      chatEnded: false,
      messages: [
        {
          from: { nickname: 'Ann Bee', participantId: 1, type: 'Client' },
          index: 1,
          type: 'ParticipantJoined',
          utcTime: expect.any(Number),
        },
      ],
    })
    const customer = await under.chat('off')
    expect(await customer.ask('send', { message: 'Привет 🙂', messageType: 'text' })).toMatchObject({
      statusCode: 0,
      messages: [],
      nextPosition: 3,
    })
    expect(await customer.ask('refresh', { transcriptPosition: '2' })).toMatchObject({
      statusCode: 0,
      chatEnded: false,
      nextPosition: 3,
      messages: [{ index: 2, type: 'Message', text: 'Привет 🙂', messageType: 'text' }],
    })
    const left = await customer.ask('disconnect')
    expect(left).toMatchObject({ statusCode: 0, chatEnded: true, messages: [] })
    expect(Object.keys(left)).not.toContain('secureKey')
    expect(await customer.ask('send', { message: 'too late' })).toMatchObject({
      statusCode: 2,
      chatEnded: true,
      errors: [{ code: 249 }],
    })
  })

  test('[CV2-015] [CV2-106] any node takes any request, whatever Chat Server the session is on', async () => {
    under = await startTestServer({ gmsNodes: 2, chatServers: 2 })
    const customers = [await under.chat('off'), await under.chat('off')]
    expect(customers.map(each => each.tokens.alias)).toEqual(['201', '202'])
    for (const customer of customers) {
      customer.tokens.alias = '999'
      expect(await customer.ask('refresh', {}, 1)).toMatchObject({ statusCode: 0, nextPosition: 2 })
    }
    expect(customers.map(each => each.tokens.alias)).toEqual(['201', '202'])
  })
})

describe('pushes', () => {
  const agentSays = async (chatId: string, texts: string[]) => {
    const { body } = await under.control('POST', `/sessions/${chatId}/join`, { nickname: 'Bob' })
    const { participantId } = body as { participantId: number }
    for (const text of texts) await under.control('POST', `/sessions/${chatId}/say`, { participantId, text })
    return participantId
  }

  test('[OPT-120] [PUSH-024] mode B carries the agent’s event, index by index', async () => {
    under = await startTestServer()
    const customer = await under.chat('payload')
    await agentSays(customer.tokens.chatId, ['good morning', 'again'])
    const posts = await under.settledPosts()
    expect(posts.map(post => [post.path, eventOf(post).index, eventOf(post).type, eventOf(post).text])).toEqual([
      ['/push/gms-1', 2, 'ParticipantJoined', undefined],
      ['/push/gms-1', 3, 'Message', 'good morning'],
      ['/push/gms-1', 4, 'Message', 'again'],
    ])
    const { messages } = await customer.ask('refresh', { transcriptPosition: '2' })
    expect(posts.map(eventOf)).toEqual(messages)
  })

  test('[PUSH-042] mode A carries the device id only', async () => {
    under = await startTestServer({ set: ['chat.push_notification_include_payload=false'] })
    const customer = await under.chat('device-id')
    await agentSays(customer.tokens.chatId, ['good morning'])
    const posts = await under.settledPosts()
    expect(posts.map(post => post.body)).toEqual([{ deviceId: 'dev-0001' }, { deviceId: 'dev-0001' }])
  })

  test('[CS-060] [CS-061] [CS-064] [CS-065] mode C is repeated until a refresh confirms it', async () => {
    under = await startTestServer()
    const customer = await under.chat('reliable')
    await agentSays(customer.tokens.chatId, ['good morning'])
    await under.settledPosts()
    await under.control('POST', '/clock/advance', { ms: 31_000 })
    const posts = await under.settledPosts()
    const triggers = posts.map(post => eventOf(post).userData)
    expect(triggers.map(each => (each as Record<string, string>)['notify-attempt'])).toEqual(['0', '0', '1', '2'])
    expect(triggers.at(-1)).toEqual({
      'notify-attempt': '2',
      'notify-position': '2',
      'secure-key': customer.tokens.secureKey,
      'app-dbid': '201',
      'user-id': customer.tokens.userId,
      'session-id': customer.tokens.chatId,
    })
    // PUSH-046: the key in the message is another one, and a REST client that used it would lose its party.
    expect(bodyOf(posts[0]!).message!.secureKey).not.toContain(customer.tokens.secureKey)
    await customer.ask('refresh', { transcriptPosition: '2' })
    await under.control('POST', '/clock/advance', { ms: 200_000 })
    expect(await under.settledPosts()).toHaveLength(4)
  })

  test('[PUSH-073] [CS-055] two nodes share the sessions, each session stays with its node', async () => {
    under = await startTestServer({ gmsNodes: 2 })
    const customers = [await under.chat('payload'), await under.chat('payload')]
    for (const customer of customers) await agentSays(customer.tokens.chatId, ['a', 'b'])
    const posts = await under.settledPosts()
    expect(posts.map(post => post.path).sort()).toEqual([
      ...Array(3).fill('/push/gms-1'),
      ...Array(3).fill('/push/gms-2'),
    ])
  })
})

describe('the scripted agent', () => {
  test('gets its script over the control API, joins, answers what is owed and drains', async () => {
    under = await startTestServer()
    const script = { seed: 3, joinDelay: 'const(1s)', replyDelay: 'const(2s)', textLength: 10 }
    expect((await under.control('PUT', '/agent-script', { ...script, replydelay: 'x' })).body).toEqual({
      error: expect.stringContaining('did you mean replyDelay?'),
    })
    expect(await under.control('PUT', '/agent-script', script)).toMatchObject({ status: 200, body: { pending: 0 } })
    const customer = await under.chat('payload', { chatgauge_session: 'cg-r1-0-0' })
    const marker = writeMarker({
      run: 'r1',
      side: 'c',
      shard: 0,
      session: 0,
      sequence: 1,
      plannedMs: under.clock.now(),
      latenessUs: 0,
    })
    await customer.ask('send', { message: `${marker}hello` })
    await under.control('POST', '/agent-script/drain')
    await under.control('POST', '/clock/advance', { ms: 2000 })
    expect(await under.control('GET', '/agent-script')).toMatchObject({ body: { pending: 0 } })
    const posts = await under.settledPosts()
    expect(posts.map(post => eventOf(post).type)).toEqual(['ParticipantJoined', 'Message'])
    expect(eventOf(posts[1]!).text).toMatch(/^cg\/r1\/a0\.0\/1\/\d+\+0 /)
  })
})
