import { describe, expect, test } from 'vitest'
import { profileNames } from './options/table.ts'
import { fromEnvironment, parseOptions, toEnvironment, writeOptions } from './options.ts'

const read = (options: Record<string, string>, scenario?: string) => parseOptions(Object.entries(options), scenario)

test('without options every default of the table is in force', () => {
  expect(writeOptions(read({}).options!)).toEqual({
    transport: 'rest',
    insecure: 'false',
    service: 'customer-support',
    sessions: '100',
    arrival: '20/s',
    'warm-up': '5s',
    hold: '30s',
    'message-rate': '10/s',
    'agent-rate': '10/s',
    'reply-delay': 'uniform(1s,3s)',
    'file-rate': '0/s',
    'file-size': '20000',
    'ping-interval': '30m',
    push: 'reliable',
    threshold: '',
    'max-regression': '',
    set: '',
    'gms-nodes': '1',
    'chat-servers': '1',
    'time-scale': '1',
    json: 'false',
    quiet: 'false',
  })
})

test('given options win over the profile, and the profile over the scenario', () => {
  const { options } = read({ profile: 'demo', sessions: '7' }, 'push-latency')
  expect([options!.sessions, options!['message-rate'], options!['ping-interval']]).toEqual([7, 80, 10_000])
  expect(read({}, 'push-latency').options!['ping-interval']).toBe(0)
})

test('thresholds and server options of a profile come to those of the scenario', () => {
  const { options } = read({ profile: 'quick', set: 'settings.a=1' }, 'file-transfer')
  expect([options!.sessions, options!['file-rate'], options!.set]).toEqual([
    50,
    40,
    [
      'client-file-transfer.upload-need-agent=false',
      'client-file-transfer.upload-max-file-size=65536',
      'settings.flex-push-resend-delay=1',
      'settings.a=1',
    ],
  ])
})

test('the demo has 2,000 sessions, half of them reliable and half payload, and at least 5,000 pushes', () => {
  const { options } = read({ profile: 'demo' })
  const { sessions, push, hold, 'ping-interval': ping, 'message-rate': messages, 'agent-rate': agents } = options!
  expect({ sessions, push, ping }).toEqual({
    sessions: 2_000,
    push: [
      { mode: 'reliable', share: 0.5 },
      { mode: 'payload', share: 0.5 },
    ],
    ping: 10_000,
  })
  expect(sessions + (hold / 1_000) * (messages + agents)).toBeGreaterThan(5_000)
  // Every session has a ping: an interval and its jitter fit in.
  expect(hold).toBeGreaterThan(ping * 1.1)
})

test.each(profileNames)('profile %s is readable', profile => {
  expect(read({ profile }).errors).toBeUndefined()
})

test.each([
  ['sessions', 'ten', "--sessions: 'ten' is not allowed; allowed: a whole number from 1 to 1000000, for example 2000"],
  ['sessions', '0', "--sessions: '0' is not allowed; allowed: a whole number from 1 to 1000000, for example 2000"],
  ['hold', '10', "--hold: '10' is no duration; allowed are a number and a unit: 250ms, 5s, 30m, 24h, 7d"],
  ['hold', '10ms', "--hold: '10ms' is not allowed; allowed: a duration from 1s to 366d like 250ms, 5s or 30m"],
  ['arrival', '0/s', "--arrival: '0/s' is not allowed; allowed: a rate above 0 like 100/s, 55.6/s or 200/m"],
  [
    'push',
    'relieble',
    "--push: 'relieble' is not allowed; allowed: reliable, payload, device-id, off, or a mix like reliable:0.5,payload:0.5",
  ],
  [
    'push',
    'reliable:0.5,payload:0.6',
    "--push: 'reliable:0.5,payload:0.6': the shares add up to 1.1, not to 1; allowed: reliable, payload, device-id, off, or a mix like reliable:0.5,payload:0.5",
  ],
  ['target', 'ftp://x', "--target: 'ftp://x' is not allowed; allowed: a URL like http://127.0.0.1:8080"],
  ['profile', 'dem', "--profile: 'dem' is not allowed; allowed: smoke, demo, load, soak, quick"],
  ['time-scale', '-1', "--time-scale: '-1' is not allowed; allowed: a number above 0, up to 1000000"],
  ['seesions', '1', '--seesions is not an option; did you mean --sessions?'],
  ['xyzzy', '1', '--xyzzy is not an option'],
  [
    'threshold',
    'push_latency p99',
    "--threshold 'push_latency p99': 'p99' is no comparison such as p(99)<500 or count==0",
  ],
  [
    'threshold',
    'push_latancy p(99)<5',
    "--threshold 'push_latancy p(99)<5': there is no metric push_latancy; did you mean push_latency?",
  ],
])('--%s %s is refused with what is allowed', (name, text, error) => {
  expect(read({ [name]: text })).toEqual({ errors: [error] })
})

test('options that contradict each other are refused', () => {
  const pairs = { receiver: 'http://r:1', 'receiver-port': '5', 'time-scale': '10', threshold: 'push_latency p(99)<5' }
  expect(read(pairs).errors).toEqual([
    '--receiver names a running receiver, --receiver-port starts one; give one of them',
    "--threshold 'push_latency p(99)<5': latency is not judged with --time-scale; leave one of them out",
  ])
})

test('a regression is allowed against a baseline only, which a part and a faster clock cannot have', () => {
  const bound = 'push_latency p(99) 10%'
  const { options } = read({ baseline: 'old', 'max-regression': `${bound};send_latency med 5ms` })
  expect([options!.baseline, options!['max-regression']]).toEqual(['old', [bound, 'send_latency med 5ms']])
  expect(read({ 'max-regression': bound }).errors).toEqual([
    '--max-regression needs --baseline RESULT, the result that this one may be worse than by so much',
  ])
  expect(read({ baseline: 'old', 'max-regression': 'push_latncy p(99) 10%', 'time-scale': '5' }).errors).toEqual([
    '--baseline cannot be used with --time-scale: latency is not judged on a faster clock',
    "--max-regression 'push_latncy p(99) 10%': there is no metric push_latncy; did you mean push_latency?",
  ])
  const shared = { seed: '5', target: 'http://t', receiver: 'http://r', shards: '4' }
  expect(read({ ...shared, part: '1/4', baseline: 'old' }).errors).toEqual([
    '--baseline cannot be used with --part: merge the parts, then chatgauge compare the merged result',
  ])
})

test('a part of a run needs what all parts share, and a shard of its own', () => {
  const shared = { seed: '5', target: 'http://t', receiver: 'http://r' }
  expect(read({ part: '2/4', ...shared, shards: '4' }).options!.part).toEqual({ number: 2, of: 4 })
  expect(read({ part: '2/4', shards: '4' }).errors).toEqual([
    '--part 2/4 needs --seed N: every part plans from the same one',
    '--part 2/4 needs --target URL: all parts load the same one',
    '--part 2/4 needs --receiver URL: the target posts to one that all parts share (chatgauge receive)',
  ])
  expect(read({ part: '1/4', ...shared }).errors).toEqual([
    '--part 1/4: this run has 2 shards, too few for 4 parts; give every part --shards 4 or more',
  ])
  expect(read({ part: '1/4', ...shared, sessions: '3', shards: '4' }).errors).toEqual([
    '--part 1/4: this run has 3 shards, too few for 4 parts; it needs more sessions',
  ])
  expect(read({ part: '5/4', ...shared }).errors).toEqual([
    "--part: '5/4' is not allowed; allowed: K/N with K from 1 to N and N up to 64, for example 1/4",
  ])
})

describe('environment', () => {
  test('carries what concerns the scenario, and reads back the same', () => {
    const pairs: [string, string][] = [
      ['profile', 'demo'],
      ['target', 'http://a:1/,http://b:2'],
      ['session-length', 'bimodal(1s,2h,0.25)'],
      ['threshold', 'push_latency p(99)<500'],
      ['threshold', 'pushes_lost count==0'],
      ['gms-nodes', '2'],
      ['seed', '5'],
    ]
    const { options } = parseOptions(pairs)
    const environment = toEnvironment(options!)
    expect(environment).toEqual({
      TARGET: 'http://a:1,http://b:2',
      INSECURE: 'false',
      SERVICE: 'customer-support',
      SESSIONS: '2000',
      ARRIVAL: '250/s',
      SESSION_LENGTH: 'bimodal(1s,2h,0.25)',
      WARM_UP: '3s',
      HOLD: '20s',
      MESSAGE_RATE: '80/s',
      AGENT_RATE: '90/s',
      FILE_RATE: '0/s',
      FILE_SIZE: '20000',
      PING_INTERVAL: '10s',
      PUSH: 'reliable:0.5,payload:0.5',
      // Those of the profile stay in force beside the given ones.
      TRANSPORT: 'rest',
      THRESHOLD:
        'sessions_without_push count==0;sessions_without_ping count==0;push_latency p(99)<500;pushes_lost count==0',
      SEED: '5',
    })
    expect(
      toEnvironment(fromEnvironment({ ...environment, HOME: '/root', COLLECTOR: 'ws://127.0.0.1:3' }, 'async-chat')),
    ).toEqual(environment)
  })

  test('names the variable in its errors', () => {
    expect(() => fromEnvironment({ SESSIONS: 'ten', PING_INTERVAL: 'x' }, 'async-chat')).toThrow(
      /^SESSIONS: 'ten' is not allowed[^\n]*\nPING_INTERVAL: 'x' is no duration/,
    )
  })
})

describe('what would do nothing', () => {
  const wrong = (scenario: string, given: Record<string, string>) =>
    parseOptions(Object.entries(given), scenario).errors ?? []

  test.each([
    ['cometd-chat', { 'receiver-delay': '5ms' }, /^--receiver-delay: in cometd-chat nothing is posted to a receiver/],
    ['cometd-chat', { 'receiver-port': '9090' }, /^--receiver-port: in cometd-chat nothing is posted/],
    ['cometd-chat', { receiver: 'http://127.0.0.1:9090' }, /^--receiver: in cometd-chat nothing is posted/],
    ['cometd-chat', { 'notify-requestor': 'true' }, /^--notify-requestor: .* is in its answers; leave it out/],
    ['cometd-chat', { 'file-size': '100' }, /^--file-size: cometd-chat shares no files/],
    ['async-chat', { 'file-size': '100' }, /^--file-size: no files are shared without --file-rate/],
    ['cometd-chat', { cut: '2h' }, /^--cut: 2h lies behind the steady phase, which lasts 30s \(--hold\)/],
    [
      'cometd-chat',
      { cut: '20s..10%' },
      /^--cut: 20s\.\.10% ends before it begins in the steady phase, which lasts 30s/,
    ],
  ])('%s with %o is refused', (scenario, given, text) => {
    expect(wrong(scenario, given as Record<string, string>)).toEqual([expect.stringMatching(text)])
  })

  test('the command line hands every option on, and k6 does not refuse them; in a plain k6 run a person gave them', () => {
    const { options } = parseOptions([], 'cometd-chat')
    const environment = { ...toEnvironment(options!), TARGET: 'http://127.0.0.1:1', RECEIVER: 'http://127.0.0.1:2' }
    expect(fromEnvironment({ ...environment, COLLECTOR: 'ws://127.0.0.1:3' }, 'cometd-chat').cut).toBeUndefined()
    expect(() =>
      fromEnvironment({ TARGET: 'http://127.0.0.1:1', RECEIVER: 'http://127.0.0.1:2' }, 'cometd-chat'),
    ).toThrow(/^RECEIVER: in cometd-chat nothing is posted/)
  })

  test('a part of a run without pushes needs no receiver, and may name the one that others share', () => {
    const part = { part: '1/2', seed: '1', target: 'http://127.0.0.1:1' }
    const receiver = 'http://127.0.0.1:9090'
    const needsOne = [
      '--part 1/2 needs --receiver URL: the target posts to one that all parts share (chatgauge receive)',
    ]
    expect([wrong('cometd-chat', part), wrong('cometd-chat', { ...part, receiver })]).toEqual([[], []])
    expect([wrong('async-chat', { ...part, push: 'off' }), wrong('async-chat', part)]).toEqual([[], needsOne])
    expect(wrong('async-chat', { ...part, transport: 'websocket' })).toEqual(needsOne)
  })

  test('cuts within the steady phase are taken in any unit', () => {
    for (const cut of ['10%..20s', '30s', '100%', '0s..100%']) expect(wrong('cometd-chat', { cut })).toEqual([])
  })
})
