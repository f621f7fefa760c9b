import { afterEach, describe, expect, test } from 'vitest'
import { notice, type Sink, startSink, startTestSender, type TestSender, until } from './sender-for-tests.ts'

let sink: Sink
let under: TestSender
afterEach(async () => {
  await under?.sender.close()
  await sink?.close()
})

const ok = (_n: number, response: { end(): void }) => response.end()
const lostLine = (index: number, reason: string) =>
  `DC Chat Server Persistent Listener: Event ${index} was not (${reason}) pushed for delivery to customhttp for device dev-0001`

describe('the lane of a node', () => {
  test('[PUSH-070] [PUSH-071] [PUSH-074] one POST in flight, in order of arrival, over one kept connection', async () => {
    sink = await startSink()
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    for (let i = 1; i <= 20; i++) under.sender.notify(notice(i, { chatId: `chat-${i % 3}` }))
    for (let i = 1; i <= 20; i++) {
      await until(() => sink.posts.length === i)
      expect(under.sender.gauges()).toMatchObject({ inFlight: 1, queued: 20 - i })
      sink.release()
    }
    await until(() => under.sender.gauges().inFlight === 0)
    expect(sink.posts.map(post => (post.body as { message: { nextPosition: number } }).message.nextPosition)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    )
    expect(sink.posts.map(post => post.inFlight)).toEqual(Array(20).fill(0))
    expect(new Set(sink.posts.map(post => post.socket)).size).toBe(1)
    expect(sink.posts[0]).toMatchObject({ path: '/', contentType: 'application/json;charset=UTF-8' })
  })

  test('[PUSH-078] queue length and age of the head are gauges', async () => {
    sink = await startSink()
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    under.sender.notify(notice(1))
    under.sender.notify(notice(2))
    under.clock.advance(300)
    under.sender.notify(notice(3))
    expect(under.sender.gauges()).toMatchObject({ queued: 2, headAgeMs: 300, inFlight: 1 })
  })

  test('[PUSH-075] [PUSH-081] [PUSH-082] a failed POST is logged once, not repeated, and the next one follows', async () => {
    sink = await startSink((n, response) => response.writeHead(n === 1 ? 503 : 204).end())
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    under.sender.notify(notice(1))
    under.sender.notify(notice(2))
    await until(() => under.sender.gauges().answered === 2)
    expect(sink.posts).toHaveLength(2)
    expect(under.lines).toEqual([
      {
        level: 'warn',
        line: lostLine(1, 'status 503'),
        fields: {
          id: 'Dbg 09900',
          logger: 'com.genesyslab.PCT.invoker.default',
          device: 'dev-0001',
          status: 503,
          durationMs: 0,
        },
      },
    ])
  })

  test('[PUSH-076] a hanging receiver blocks the lane until the timeout, each POST has its own', async () => {
    sink = await startSink()
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    under.sender.notify(notice(1))
    under.sender.notify(notice(2))
    await until(() => sink.posts.length === 1)
    under.clock.advance(4999)
    expect(under.sender.gauges()).toMatchObject({ inFlight: 1, answered: 0 })
    under.clock.advance(1)
    await until(() => sink.posts.length === 2)
    // Armed 5 s after the second POST began, not before.
    under.clock.advance(4999)
    expect(under.sender.gauges().answered).toBe(1)
    under.clock.advance(1)
    await until(() => under.sender.gauges().answered === 2)
    expect(under.lines.map(each => each.line)).toEqual([
      lostLine(1, 'timeout after 5000 ms'),
      lostLine(2, 'timeout after 5000 ms'),
    ])
  })

  test('[PUSH-076] the timeout counts from the beginning of its own POST, also when the one before was answered', async () => {
    sink = await startSink()
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    under.sender.notify(notice(1))
    under.sender.notify(notice(2))
    await until(() => sink.posts.length === 1)
    under.clock.advance(1000)
    sink.release()
    await until(() => sink.posts.length === 2)
    under.clock.advance(4999)
    // A POST that was broken off now would be gone after a few turns.
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
    expect(under.sender.gauges()).toMatchObject({ answered: 1, inFlight: 1 })
    under.clock.advance(1)
    await until(() => under.sender.gauges().answered === 2)
    expect(under.lines.map(each => each.line)).toEqual([lostLine(2, 'timeout after 5000 ms')])
  })

  test('a lane that has been idle for longer than the timeout has not timed out', async () => {
    sink = await startSink(ok)
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    for (const index of [1, 2, 3]) {
      under.sender.notify(notice(index))
      await until(() => under.sender.gauges().answered === index)
      under.clock.advance(60_000)
    }
    expect(under.lines).toEqual([])
  })

  test('[PUSH-080] where nobody listens, each notice fails with the connection error', async () => {
    sink = await startSink(ok)
    const { url } = sink
    await sink.close()
    under = startTestSender({ sections: { push: { 'customhttp.url': url } } })
    for (let i = 1; i <= 3; i++) under.sender.notify(notice(i))
    await until(() => under.sender.gauges().answered === 3)
    expect(under.lines.map(each => each.line)).toEqual([1, 2, 3].map(i => lostLine(i, 'ECONNREFUSED')))
  })

  test('queued, begun and answered are traced', async () => {
    sink = await startSink(ok)
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
    under.sender.notify(notice(5, { attempt: 2 }))
    await until(() => under.trace.length === 3)
    const at = expect.any(Number)
    expect(under.trace).toEqual([
      ['queued', '0001Abc123DEF001', 5, at, 'gms-1', 2],
      ['begun', '0001Abc123DEF001', 5, at, 'gms-1', 2],
      ['answered', '0001Abc123DEF001', 5, at, 'gms-1', 2, 200],
    ])
  })

  test('the URL of a node can be one path segment longer', async () => {
    sink = await startSink(ok)
    under = startTestSender({ sections: { push: { 'customhttp.url': `${sink.url}/push/?a=1` } }, nodePath: true })
    under.sender.notify(notice(1))
    await until(() => sink.posts.length === 1)
    expect(sink.posts[0]!.path).toBe('/push/gms-1?a=1')
  })
})

describe('where a push goes', () => {
  const send = async (sections: Record<string, Record<string, string>>, changes: Parameters<typeof notice>[1]) => {
    under = startTestSender({ sections })
    under.sender.notify(notice(1, changes))
    await until(() => under.sender.gauges().answered + under.sender.gauges().unsent === 1)
    return sink.posts.map(post => post.path)
  }

  test.each([
    ['[PUSH-100] the default provider', {}, ['/default']],
    ['[PUSH-101] a named provider', { provider: 'blue' }, ['/blue']],
    ['[PUSH-102] a name without section', { provider: 'red' }, []],
    ['[PUSH-103] an event section', { provider: 'blue', eventType: 'PushUrl' }, ['/blue-push-url']],
    ['[PUSH-103] an event section of the default', { eventType: 'IdleAlert' }, ['/idle']],
    ['[PUSH-104] debug', { debug: true }, ['/debug']],
    ['[PUSH-105] debug without debug settings', { debug: true, provider: 'blue' }, ['/debug']],
  ] as const)('%s', async (_name, changes, paths) => {
    sink = await startSink(ok)
    const sections = {
      push: { 'customhttp.url': `${sink.url}/default`, 'debug.customhttp.url': `${sink.url}/debug` },
      'push.provider.blue': { 'customhttp.url': `${sink.url}/blue` },
      'push.provider.blue.event.PushUrl': { 'customhttp.url': `${sink.url}/blue-push-url` },
      'push.provider.event.IdleAlert': { 'customhttp.url': `${sink.url}/idle` },
    }
    expect(await send(sections, changes)).toEqual(paths)
  })

  test('[PUSH-105] [OPT-091] without a usable URL of that kind there is no POST, and the log says why', async () => {
    sink = await startSink(ok)
    expect(await send({ push: { 'customhttp.url': sink.url } }, { debug: true })).toEqual([])
    expect(under.lines[0]).toMatchObject({ level: 'error', fields: { reason: 'debug.customhttp.url is not set' } })
    expect(await send({ push: { 'customhttp.url': 'not a url' } }, {})).toEqual([])
    expect(under.lines.map(each => each.line)).toEqual([
      'customhttp push has no target',
      lostLine(1, 'customhttp.url is no http or https URL: not a url'),
    ])
  })

  test.each([
    ['[PUSH-001] a type that is not enabled', ['comet'], 'customhttp', 'info'],
    ['[PUSH-026] an unknown type', ['comet', 'customhttp', 'pigeon'], 'pigeon', 'warn'],
    ['a type of a later version', ['comet', 'fcm'], 'fcm', 'warn'],
  ] as const)('%s is not pushed, said once', async (_name, enabled, deviceType, level) => {
    sink = await startSink(ok)
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } }, enabled: [...enabled] })
    for (let i = 1; i <= 3; i++) under.sender.notify(notice(i, { deviceType }))
    expect(under.sender.gauges()).toMatchObject({ unsent: 3, queued: 0, inFlight: 0 })
    expect(under.lines).toMatchObject([{ level, fields: { deviceType } }])
  })
})

describe('planted faults at the lane', () => {
  const paths = () =>
    sink.posts.map(post => (post.body as { message: { nextPosition: number } }).message.nextPosition - 1)

  test('[PUSH-070] two lanes let a second POST begin before the first is answered', async () => {
    sink = await startSink()
    under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } }, fault: { lanes: () => 2 } })
    for (let i = 1; i <= 3; i++) under.sender.notify(notice(i))
    await until(() => sink.posts.length === 2)
    expect(sink.posts.map(post => post.inFlight).sort()).toEqual([0, 1])
  })

  test('a late push holds up later ones of its session and nobody else', async () => {
    sink = await startSink(ok)
    under = startTestSender({
      sections: { push: { 'customhttp.url': sink.url } },
      fault: { delay: each => (each.index === 1 ? 2000 : undefined) },
    })
    under.sender.notify(notice(1, { chatId: 'slow' }))
    under.sender.notify(notice(2, { chatId: 'slow' }))
    under.sender.notify(notice(3, { chatId: 'other' }))
    await until(() => sink.posts.length === 1)
    expect(under.sender.gauges().late).toBe(2)
    under.clock.advance(2000)
    await until(() => sink.posts.length === 3)
    expect(paths()).toEqual([3, 1, 2])
  })

  test('the body can be another one', async () => {
    sink = await startSink(ok)
    under = startTestSender({
      sections: { push: { 'customhttp.url': sink.url } },
      fault: { body: body => ({ ...body, deviceId: 'wrong' }) },
    })
    under.sender.notify(notice(1))
    await until(() => sink.posts.length === 1)
    expect(sink.posts[0]!.body).toMatchObject({ deviceId: 'wrong' })
  })
})
