import { expect, test } from 'vitest'
import { handshake, startTestBayeux } from './bayeux-for-tests.ts'

const advice = { interval: 0, timeout: 4000, reconnect: 'retry' }

test('[BX-020] [BX-022] [BX-023] a handshake makes a session and tells how to go on', () => {
  const { bayeux, post } = startTestBayeux()
  expect(post(handshake).frames).toEqual([
    [
      {
        channel: '/meta/handshake',
        id: '1',
        version: '1.0',
        minimumVersion: '1.0',
        clientId: expect.stringMatching(/^[0-9a-z]{34}$/),
        supportedConnectionTypes: ['websocket', 'long-polling', 'callback-polling'],
        advice,
        successful: true,
      },
    ],
  ])
  expect(bayeux.sessions()).toBe(1)
})

test('[BX-021] ten thousand handshakes give ten thousand client ids', () => {
  const { post } = startTestBayeux({ maxSessions: 10_000 })
  const ids = Array.from({ length: 10_000 }, () => post(handshake).frames[0]![0]!.clientId)
  expect(new Set(ids).size).toBe(10_000)
})

test('[BX-023] a transport that is not allowed is not offered', () => {
  const { post } = startTestBayeux({ allowedTransports: ['long-polling'] })
  expect(post(handshake).frames[0]![0]!.supportedConnectionTypes).toEqual(['long-polling'])
})

test('[BX-024] [BX-025] version and connection types are the client’s to judge', () => {
  const { post } = startTestBayeux()
  for (const odd of [{ version: '9.9' }, { version: undefined }, { supportedConnectionTypes: ['pigeon'] }])
    expect(post({ ...handshake, ...odd }).frames[0]![0]).toMatchObject({ successful: true, version: '1.0' })
})

test('[BX-024] [BX-025] [BX-026] a strict server refuses what it has no version or no connection type in common with', () => {
  const { post, bayeux } = startTestBayeux({ isStrict: true, allowedTransports: ['long-polling', 'websocket'] })
  const refusal = (error: string) => ({
    channel: '/meta/handshake',
    id: '1',
    version: '1.0',
    supportedConnectionTypes: ['websocket', 'long-polling'],
    advice: { reconnect: 'none' },
    successful: false,
    error,
  })
  for (const version of [undefined, null, '', '9.9', '0.9', 'one', 1, {}])
    expect(post({ ...handshake, version }).frames).toEqual([[refusal('405::version_unsupported')]])
  expect(post({ ...handshake, version: '2.0', minimumVersion: '1.1' }).frames[0]![0]!.successful).toBe(false)
  for (const supportedConnectionTypes of [undefined, [], ['callback-polling'], 'long-polling', 7, [['websocket']]])
    expect(post({ ...handshake, supportedConnectionTypes }).frames).toEqual([
      [refusal('405::no_common_connection_type')],
    ])
  expect(bayeux.sessions()).toBe(0)
  for (const fine of [{}, { version: '1.0beta' }, { version: '2.0', minimumVersion: '1.0' }])
    expect(post({ ...handshake, supportedConnectionTypes: ['x', 'websocket'], ...fine }).frames[0]).toMatchObject([
      { successful: true, version: '1.0' },
    ])
})

test.each([
  ['cometd3', '403::Handshake denied'],
  ['cometd9', '403::handshake_denied'],
] as const)('[BX-026] [BX-027] a node that is full denies, in the words of %s', (profile, error) => {
  const { post, lines } = startTestBayeux({ maxSessions: 1, profile })
  post(handshake)
  expect(post(handshake).frames[0]).toEqual([
    { channel: '/meta/handshake', id: '1', error, advice: { reconnect: 'none' }, successful: false },
  ])
  expect(lines).toEqual(['CometD handshake denied: too many sessions'])
})

test('[BX-028] a handshake with other messages is refused, and nothing has happened', () => {
  const { bayeux, post } = startTestBayeux()
  const carrier = post([handshake, { channel: '/meta/connect', id: '2' }])
  expect([carrier.isFailed, carrier.frames, bayeux.sessions()]).toEqual([true, [], 0])
})

test('[BX-029] a handshake of a client that has a session gives it another one, and the first lives on', () => {
  const { post, client } = startTestBayeux()
  const first = client('long-polling', 'b9')
  const [second] = post({ ...handshake, clientId: first.clientId }, 'b9').frames[0]!
  expect(second!.clientId).not.toBe(first.clientId)
  expect(first.send({ channel: '/demo/a', id: '5' }).frames[0]).toMatchObject([{ successful: true }])
})

test.each([
  ['7', '7'],
  [7, '7'],
  ['a-b c', 'a-b c'],
  [undefined, undefined],
])('[BX-030] the id %j comes back as %j', (id, echoed) => {
  const { post, client } = startTestBayeux()
  expect(post({ ...handshake, id }).frames[0]![0]!.id).toBe(echoed)
  expect(client().send({ channel: '/demo/a', id }).frames[0]![0]!.id).toBe(echoed)
})

test.each(['a%b', 'a"b'])('[BX-093] the id %j is none', id => {
  const { client } = startTestBayeux()
  expect(client().send({ channel: '/demo/a', id }).frames).toEqual([
    [{ channel: '/demo/a', id, error: '405::message_id_invalid', successful: false }],
  ])
})

test('[BX-120] over HTTP the handshake names the browser when it has no name', () => {
  const { post } = startTestBayeux()
  expect(post(handshake, '').browser).toMatch(/^[0-9a-f]{20}$/)
  expect(post(handshake, 'mine').browser).toBe('mine')
  expect(post(handshake, '', 'websocket').browser).toBe('')
})

test('[BX-164] unknown ext is ignored, and none comes back', () => {
  const { post } = startTestBayeux()
  const ext = { ack: true, timesync: { tc: 1, l: 0, o: 0 }, zoo: [1] }
  expect(post({ ...handshake, ext }).frames[0]![0]).not.toHaveProperty('ext')
})
