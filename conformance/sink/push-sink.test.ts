import { request } from 'node:https'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type PushSink, startPushSink } from './push-sink.ts'

let sink: PushSink
beforeEach(async () => {
  sink = await startPushSink({ host: '127.0.0.1', port: 0 })
})
afterEach(() => sink.close())

const post = (deviceId: string, path = '') =>
  fetch(sink.url + path, { method: 'POST', body: JSON.stringify({ deviceId }) }).then(answer => answer.status)

it('keeps the POSTs of each device apart, as they came', async () => {
  expect([await post('a', '/gms-1'), await post('b')]).toEqual([200, 200])
  const [first, ...more] = sink.postsOf('a')
  expect(more).toEqual([])
  expect([first!.method, first!.path, first!.text, first!.inFlight]).toEqual([
    'POST',
    '/push/gms-1',
    '{"deviceId":"a"}',
    0,
  ])
  expect(sink.postsAt('/push').map(each => each.number)).toEqual([1, 2])
})

it('answers as it was told, so many times', async () => {
  sink.answer('a', { status: 500, times: 2 })
  expect([await post('a'), await post('a'), await post('a'), await post('b')]).toEqual([500, 500, 200, 200])
  sink.answer('a', { reset: true })
  await expect(post('a')).rejects.toThrow()
})

it('holds answers until they are released, and counts what is in flight', async () => {
  sink.answer('a', { hold: true })
  const held = [post('a'), post('a')]
  while (sink.postsOf('a').length < 2) await sink.waitFor('a', 1_000)
  expect(sink.postsOf('a').map(each => each.inFlight)).toEqual([0, 1])
  sink.release('a')
  expect(await Promise.all(held)).toEqual([200, 200])
})

it('takes POSTs over TLS with a certificate that nobody trusts', async () => {
  const url = await sink.secureUrl()
  const send = (rejectUnauthorized: boolean) =>
    new Promise((resolve, reject) => {
      const asked = request(url, { method: 'POST', rejectUnauthorized }, answer => resolve(answer.statusCode))
      asked.on('error', reject).end('{"deviceId":"a"}')
    })
  expect(await send(false)).toBe(200)
  await expect(send(true)).rejects.toThrow('self-signed certificate')
})

it('keeps what names no device, for the failure of whoever waits for it', async () => {
  await fetch(sink.url, { method: 'POST', body: 'notification=%7B%7D' })
  await post('a')
  expect(sink.nameless().map(each => each.text)).toEqual(['notification=%7B%7D'])
})
