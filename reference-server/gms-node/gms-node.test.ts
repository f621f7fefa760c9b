import { afterEach, describe, expect, test } from 'vitest'
import { answerOf, ok, startTestNode, type TestNode, tokens } from './node-for-tests.ts'

let node: TestNode
afterEach(() => node.gms.stop(false))

const base = '/genesys/2/chat/care'
const chat = `${base}/0001Abc123DEF001`
const names = { firstName: 'Ann', lastName: 'Bee' }

describe('what reaches the Chat Server', () => {
  test('[CV2-001] each operation is taken at its path and answered as JSON', async () => {
    node = await startTestNode()
    node.addServer('201', () => ok)
    const operations = {
      send: { message: 'hi' },
      refresh: {},
      startTyping: {},
      stopTyping: {},
      pushUrl: { pushUrl: 'http://a' },
      updateNickname: { nickname: 'Bob' },
      customNotice: {},
      updateData: { 'userData[a]': '1' },
      readReceipt: { transcriptPosition: '3' },
      disconnect: {},
    }
    for (const [operation, fields] of Object.entries(operations)) {
      const answer = await node.post(`${chat}/${operation}`, { ...tokens, ...fields })
      expect([operation, answer.status, answer.headers.get('content-type')]).toEqual([
        operation,
        200,
        'application/json;charset=UTF-8',
      ])
    }
    expect(node.seen.map(each => each.request.operation)).toEqual(Object.keys(operations))
  })

  test('[CV2-072] [CV2-074] [CV2-076] request chat passes the names and attaches the data', async () => {
    node = await startTestNode({ includePayload: () => true })
    node.addServer('201', () => ok)
    const form = {
      ...names,
      subject: 'Billing',
      emailAddress: 'a@b.c',
      'userData[TimeZone]': '-480',
      'userData[a]': '',
    }
    const answer = await node.post(base, form)
    expect(node.seen[0]!.request).toEqual({
      operation: 'requestChat',
      service: 'care',
      chatId: '',
      userId: '',
      secureKey: '',
      nickname: 'Ann Bee',
      userData: {
        TimeZone: '-480',
        a: '',
        Subject: 'Billing',
        FirstName: 'Ann',
        LastName: 'Bee',
        EmailAddress: 'a@b.c',
      },
      nodeGroup: 'GMS_Cluster',
      includePayload: true,
    })
    expect(answer.body).toEqual({
      statusCode: 0,
      alias: '201',
      chatId: ok.chatId,
      userId: tokens.userId,
      secureKey: tokens.secureKey,
      nextPosition: 2,
      chatEnded: false,
      messages: [],
    })
  })

  test('[CV2-073] a nickname wins over the names', async () => {
    node = await startTestNode()
    node.addServer('201', () => ok)
    await node.post(base, { ...names, nickname: 'Annie' })
    expect(node.seen[0]!.request.nickname).toBe('Annie')
  })

  test('[CV2-010] [CV2-011] [CV2-014] a slash at the end, foreign fields and headers change nothing', async () => {
    node = await startTestNode()
    node.addServer('201', () => ok)
    const extra = { text: 'x', alias: '', secureKey: '', userId: '', transcriptPosition: 'abc', message: '' }
    expect((await node.post(`${base}/`, { ...names, ...extra }, { apikey: 'k' })).status).toBe(200)
    expect((await node.post(`${chat}/refresh`, { ...tokens, message: '', text: 'x' })).status).toBe(200)
  })

  test('[CV2-003] [CV2-005] [CV2-013] both body forms carry the same UTF-8 text', async () => {
    node = await startTestNode({ maxMessageBytes: () => 4096 })
    node.addServer('201', () => ok)
    const message = ' Привет 🙂\r\n+%41&= '
    await node.post(`${chat}/send`, { ...tokens, message, messageType: 'text' })
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...tokens, message, messageType: 'text' })) body.append(name, value)
    const answer = await answerOf(await fetch(`${node.gms.url}${chat}/send`, { method: 'POST', body }))
    expect(answer.status).toBe(200)
    expect(node.seen[0]!.request).toEqual({
      operation: 'send',
      service: 'care',
      chatId: ok.chatId,
      userId: tokens.userId,
      secureKey: tokens.secureKey,
      message,
      messageType: 'text',
    })
    expect(node.seen[1]).toEqual(node.seen[0])
  })

  test('[CV2-089] blanks around a position are allowed, and it reaches every operation of a session', async () => {
    node = await startTestNode()
    node.addServer('201', () => ok)
    await node.post(`${chat}/refresh`, { ...tokens, transcriptPosition: ' 7 ' })
    await node.post(`${chat}/send`, { ...tokens, message: 'a', transcriptPosition: '0' })
    await node.post(`${chat}/refresh`, { ...tokens, message: 'ignored', transcriptPosition: '' })
    expect(node.seen.map(each => [each.request.transcriptPosition, each.request.message])).toEqual([
      [7, undefined],
      [0, 'a'],
      [undefined, undefined],
    ])
  })

  test('[CS-058] a node in notification mode registers when it connects and unregisters when it stops', async () => {
    node = await startTestNode()
    node.addServer('201', () => ok)
    await node.gms.stop(true)
    expect(node.messages).toEqual([
      { kind: 'register', node: 'gms-1', cluster: 'GMS_Cluster' },
      { kind: 'unregister', node: 'gms-1' },
    ])
  })

  test('a node that stops gracefully answers what is running, a killed one does not', async () => {
    for (const graceful of [true, false]) {
      node = await startTestNode()
      node.addServer('201', () => 'silent')
      const running = node.post(`${chat}/refresh`, tokens).catch(() => 'broken off')
      while (node.gms.pending() === 0) await new Promise(resolve => setImmediate(resolve))
      const stopped = node.gms.stop(graceful)
      if (graceful) node.gms.receive({ kind: 'reply', id: 1, outcome: ok })
      expect(await running).toEqual(graceful ? expect.objectContaining({ status: 200 }) : 'broken off')
      await stopped
    }
  })
})

describe('which Chat Server is asked', () => {
  const notHere = { kind: 'refused', reason: 'not-here' } as const

  test('[CV2-106] a stale alias is no error, the session is found on the others', async () => {
    node = await startTestNode()
    node.addServer('201', () => notHere)
    node.addServer('202', () => notHere)
    node.addServer('203', () => ({ ...ok, alias: '203' }))
    const answer = await node.post(`${chat}/refresh`, { ...tokens, alias: '202' })
    expect(node.seen.map(each => each.alias)).toEqual(['202', '201', '203'])
    expect(answer.body).toMatchObject({ statusCode: 0, alias: '203' })
  })

  test('[CV2-104] [CV2-028] [CV2-029] [CV2-030] a session that nobody knows is fatal, the log has the reference id', async () => {
    node = await startTestNode()
    node.addServer('201', () => notHere)
    node.addServer('202', () => notHere)
    const answer = await node.post(`${chat}/refresh`, tokens)
    const advice = 'Media server was not able to execute request. referenceId[1]'
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual({
      messages: [],
      chatEnded: true,
      statusCode: 2,
      alias: '201',
      chatId: ok.chatId,
      errors: [{ code: 249, advice }],
    })
    expect(node.lines).toContain(advice)
  })

  test('[CS-081] [CV2-104] when nobody knows a session one of them is asked, once and in turn, to restore it', async () => {
    node = await startTestNode()
    const asked: string[] = []
    for (const alias of ['201', '202']) {
      node.addServer(alias, ({ userId }, mayRestore) => {
        asked.push(mayRestore ? `${alias} to restore` : alias)
        return mayRestore && userId === tokens.userId ? { ...ok, alias } : notHere
      })
    }
    const answers = []
    for (let i = 0; i < 2; i++) answers.push((await node.post(`${chat}/refresh`, { ...tokens, alias: '203' })).body)
    expect(answers).toMatchObject([{ alias: '201' }, { alias: '202' }])
    await node.post(`${chat}/refresh`, { ...tokens, userId: 'foreign' })
    const each = ['201', '202', '201 to restore']
    expect(asked).toEqual([...each, '201', '202', '202 to restore', ...each])
  })

  test('[CS-106] [CV2-022] where one cannot restore now the next is asked, and without any the request may be repeated', async () => {
    node = await startTestNode()
    for (const alias of ['201', '202']) {
      node.addServer(alias, (_request, mayRestore) =>
        mayRestore ? { kind: 'refused', reason: 'unavailable' } : notHere,
      )
    }
    expect((await node.post(`${chat}/refresh`, tokens)).body).toMatchObject({ statusCode: 1, chatEnded: false })
    expect(node.seen.map(each => each.alias)).toEqual(['201', '202', '201', '202'])
  })

  test('[CV2-103] [CV2-105] the other refusals are final', async () => {
    node = await startTestNode()
    for (const alias of ['201', '202']) node.addServer(alias, () => ({ kind: 'refused', reason: 'wrong-key' }))
    expect((await node.post(`${chat}/send`, { ...tokens, message: 'a' })).body).toMatchObject({
      statusCode: 2,
      chatEnded: true,
      errors: [{ code: 249 }],
    })
    expect(node.seen).toHaveLength(1)
  })

  test('[CS-123] new sessions go round; where one is at its limit, the next is asked', async () => {
    node = await startTestNode()
    node.addServer('201', () => ok)
    node.addServer('202', () => ({ kind: 'refused', reason: 'limited' }))
    for (let i = 0; i < 3; i++) await node.post(base, names)
    expect(node.seen.map(each => each.alias)).toEqual(['201', '202', '201', '201'])
  })

  test('[CV2-039] when all are at their limit, request chat is refused with 240', async () => {
    node = await startTestNode()
    for (const alias of ['201', '202']) node.addServer(alias, () => ({ kind: 'refused', reason: 'limited' }))
    expect((await node.post(base, names)).body).toEqual({
      messages: [],
      chatEnded: true,
      statusCode: 2,
      errors: [{ code: 240, advice: 'A new chat cannot be started at this time' }],
    })
    expect(node.seen).toHaveLength(2)
  })

  test('[CS-093] [CV2-022] without a Chat Server, or when it goes meanwhile, the same request may be repeated', async () => {
    node = await startTestNode()
    const retry = {
      messages: [],
      chatEnded: false,
      statusCode: 1,
      errors: [{ code: 9009, advice: expect.any(String) }],
    }
    expect((await node.post(base, names)).body).toEqual(retry)
    node.addServer('201', () => 'silent')
    const waiting = node.post(`${chat}/refresh`, tokens)
    while (node.gms.pending() === 0) await new Promise(resolve => setImmediate(resolve))
    node.gms.disconnect('201')
    expect((await waiting).body).toEqual(retry)
  })

  test('[CV2-100] a disconnect answer has no key, no user and no events', async () => {
    node = await startTestNode()
    node.addServer('201', () => ({ ...ok, chatEnded: true, nextPosition: 9 }))
    expect((await node.post(`${chat}/disconnect`, tokens)).body).toEqual({
      statusCode: 0,
      alias: '201',
      chatId: ok.chatId,
      nextPosition: 9,
      chatEnded: true,
      messages: [],
    })
  })
})
