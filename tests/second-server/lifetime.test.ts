// What ends or moves a chat without its customer asking: silence, timeouts, a Chat Server that goes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type SecondServerOptions, startSecondServer } from './start.ts'
import { openChat, openSink, post, subscription, until } from './test-kit.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const stage = async (options: SecondServerOptions = {}) => {
  const sink = await openSink()
  closers.push(sink.close)
  const server = await startSecondServer({ pushUrl: sink.url, ...options })
  closers.push(server.close)
  return { sink, server }
}
const payload = ['PushIncludePayload', 'NotifyRequestor']

test('a silent subscriber is pinged, then put out of the chat; one without subscription is left alone', async () => {
  const { sink, server } = await stage({ product: { 'push-timeout': 0.15, 'disconnect-timeout': 0.05 } })
  const silent = await openChat(server.url, subscription('silent', ...payload))
  const other = await openChat(server.url)
  await until(() => sink.of('silent').some(({ type }) => type === 'ParticipantLeft'), 'the end')
  expect(sink.of('silent').map(({ type, index, from }) => [type, index, from.participantId])).toEqual([
    ['ParticipantJoined', 1, 1],
    ['PushUrl', 0, 0],
    ['ParticipantLeft', 2, 1],
  ])
  expect(sink.pushes.map(push => push.message!.chatEnded)).toEqual([false, false, true])
  expect(await silent.call('refresh')).toMatchObject({ statusCode: 2, chatEnded: true })
  expect(await other.call('refresh')).toMatchObject({ statusCode: 0 })
})

test('a ping to a reliable subscriber is a trigger like any other', async () => {
  const { sink, server } = await stage({ product: { 'push-timeout': 0.6, 'disconnect-timeout': 60 } })
  const { call } = await openChat(server.url, subscription('r', ...payload, 'PushResend'))
  await call('refresh')
  await until(() => sink.of('r').length >= 2, 'ping')
  expect(sink.of('r')[1]).toMatchObject({
    type: 'PushUrl',
    userData: { 'notify-position': '2', 'notify-attempt': '0' },
  })
})

test('a chat without messages is announced to be closed, then closed', async () => {
  const { sink, server } = await stage({ product: { 'idle-alert': 0.1, 'idle-close': 0.1 } })
  await openChat(server.url, subscription('idle', 'PushIncludePayload'))
  await openChat(server.url, subscription('idle-r', ...payload, 'PushResend'))
  await until(() => sink.of('idle').length === 2 && sink.of('idle-r').length === 4, 'alert and close')
  expect(sink.of('idle').map(({ type, from }) => [type, from.type])).toEqual([
    ['IdleAlert', 'External'],
    ['IdleClose', 'External'],
  ])
  expect(sink.of('idle-r').map(({ userData }) => userData!['notify-position'])).toEqual(['1', '1', '1', '-1'])
})

test('chats move to the instance that takes over when their customers ask again', async () => {
  const product = { 'shutdown-notify': 1, 'push-content': 'app-dbid,secure-key' }
  const { sink, server } = await stage({ healthPort: 0, product })
  const { opened, call } = await openChat(server.url, subscription('moved', ...payload))
  await openChat(server.url, subscription('bare'))
  const health = async () => (await (await fetch(server.health!)).json()) as Record<string, number>
  const before = await health()
  expect(before).toMatchObject({ app_dbid: Number(opened.alias), live_sessions: 2, total_sessions: 2 })

  server.signal('SIGUSR2')
  await until(() => sink.of('moved').length === 2, 'advice')
  expect(sink.of('moved')[1]).toMatchObject({
    type: 'ParticipantLeft',
    from: { participantId: 1 },
    userData: { 'quit-reason-advice': 'reconnect' },
  })
  const after = await health()
  expect(after.process_os_pid).not.toBe(before.process_os_pid)

  const restored = await call('refresh', { transcriptPosition: '1' })
  expect(restored).toMatchObject({ statusCode: 0, chatEnded: false, alias: `${after.app_dbid}`, chatId: opened.chatId })
  expect(restored.messages).toEqual(opened.messages)
  expect(restored.secureKey).not.toBe(opened.secureKey)
  const { secureKey = '', alias } = restored
  expect(await call('send', { message: 'again', secureKey, alias })).toMatchObject({ statusCode: 0, nextPosition: 3 })
  expect(await call('refresh')).toMatchObject({ statusCode: 2 })
  await until(() => sink.of('moved').at(-1)?.text === 'again', 'push after the move')

  await server.close()
  // A chat that nobody restored is advised once only.
  expect(sink.pushes.filter(push => push.deviceId === 'bare')).toEqual([{ deviceId: 'bare' }])
  expect(sink.of('moved').at(-1)).toMatchObject({ type: 'ParticipantLeft', index: 0 })
})

test('options come from a file, are read again on demand, and choose who is pushed where', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'second-server-test-'))
  closers.push(async () => rmSync(folder, { recursive: true }))
  const config = join(folder, 'options.ini')
  const other = await openSink()
  closers.push(other.close)
  const write = (onJoin: boolean) =>
    writeFileSync(
      config,
      `[chat]
enable_notification_mode=true
push_notification_include_payload=true
basic-auth=user1:pass1
[chat.customer-support]
${onJoin ? '' : '[chat.sales]'}
[push]
debug.customhttp.url=${other.url}
[push.provider.other]
customhttp.url=${other.url}
[settings]
flex-push-on-join=${onJoin}
`,
    )
  write(true)
  const server = await startSecondServer({ config })
  closers.push(server.close)
  const service = `${server.url}/genesys/2/chat/customer-support`
  expect((await post(`${server.url}/genesys/2/chat/sales`, '')).status).toBe(404)
  expect((await post(service, 'nickname=Joan')).status).toBe(401)
  const open = async (deviceId: string, more: Record<string, string> = {}) => {
    const body = new URLSearchParams({ ...subscription(deviceId, 'NotifyRequestor'), ...more })
    const authorization = 'Basic dXNlcjE6cGFzczE='
    return (await fetch(service, { method: 'POST', body, headers: { authorization } })).status
  }
  expect(await open('nowhere')).toBe(200)
  await open('debug', { 'userData[GCTI_GMS_PushDebug]': 'true' })
  await open('none', { 'userData[GCTI_GMS_PushProvider]': 'unknown' })
  await open('apple', { 'userData[GCTI_GMS_PushDeviceType]': 'ios', 'userData[GCTI_GMS_PushProvider]': 'other' })
  await open('provider', { 'userData[GCTI_GMS_PushProvider]': 'other' })
  await until(() => other.pushes.length === 2, 'pushes to both other URLs')
  expect(other.pushes.map(({ deviceId }) => deviceId)).toEqual(['debug', 'provider'])
  expect(other.of('debug')).toMatchObject([{ type: 'ParticipantJoined' }])

  write(false)
  server.signal('SIGHUP')
  const answers: number[] = []
  const ask = async () => answers.push((await post(`${server.url}/genesys/2/chat/sales`, '')).status)
  for (let tries = 0; tries < 500 && answers.at(-1) !== 401; tries += 1) await ask()
  await open('late', { 'userData[GCTI_GMS_PushProvider]': 'other' })
  await server.close()
  expect(server.log().entries.map(({ deviceId }) => deviceId)).toEqual(['debug', 'provider'])
})
