import { expect, test } from 'vitest'
import { parseOptions } from '../options.ts'
import { cut, pointMs } from './cut.ts'

test('a cut is a point of the steady phase or a stretch of it, and is written as it was read', () => {
  const texts = ['50%', '12.5%', '10s', '40%..60%', '5s..8s', '1s..50%']
  expect(texts.map(text => cut.write(cut.parse(text) as Parameters<typeof cut.write>[0]))).toEqual(texts)
  const { from, to } = cut.parse('10s..50%') as Parameters<typeof cut.write>[0]
  expect([pointMs(from, 60_000), pointMs(to, 60_000), pointMs(from, 5_000)]).toEqual([10_000, 30_000, 5_000])
})

test('what is no such point is refused with what is allowed', () => {
  for (const text of ['', '101%', 'half', '1s..2s..3s', '60%..40%', '-1s'])
    expect(parseOptions([['cut', text]], 'cometd-chat').errors).toEqual([expect.stringMatching(/^--cut: .*allowed/)])
})

test.each([
  [
    'cometd-chat',
    { transport: 'rest' },
    /^--transport: cometd-chat runs over CometD; allowed: websocket, long-polling/,
  ],
  [
    'cometd-chat',
    { push: 'payload' },
    /^--push: cometd-chat has customers that hear over CometD alone.*run async-chat --transport websocket/,
  ],
  ['file-transfer', { transport: 'websocket' }, /^--transport websocket: files are shared over REST/],
  ['async-chat', { transport: 'long-polling', 'file-rate': '1/s' }, /^--transport long-polling: files are shared/],
  ['push-latency', { cut: '50%' }, /^--cut: over REST .*run push-latency --transport websocket, or cometd-chat/],
  ['file-transfer', { cut: '50%' }, /^--cut: over REST .*run cometd-chat$/],
])('%s with %o is refused with the reason', (scenario, given, message) => {
  const { errors } = parseOptions(Object.entries(given) as [string, string][], scenario)
  expect(errors).toEqual([expect.stringMatching(message)])
})

test.each(['async-chat', 'push-latency'])(
  '[PUSH-110] %s over CometD is pushed in each mode, and may be cut',
  scenario => {
    const given = { transport: 'long-polling', push: 'reliable:0.5,device-id:0.5', cut: '50%', 'receiver-delay': '5ms' }
    const { options } = parseOptions(Object.entries(given), scenario)
    expect(options).toMatchObject({ transport: 'long-polling', push: [{ mode: 'reliable' }, { mode: 'device-id' }] })
    expect(parseOptions([['transport', 'websocket']], scenario).options?.push).toEqual([{ mode: 'reliable', share: 1 }])
  },
)

test('cometd-chat is not pushed whatever the profile says, and takes the WebSocket by itself', () => {
  const { options } = parseOptions([['profile', 'demo']], 'cometd-chat')
  expect(options).toMatchObject({ transport: 'websocket', push: [{ mode: 'off', share: 1 }], threshold: [] })
  expect([options!.sessions, options!['ping-interval']]).toEqual([2_000, 0])
})
