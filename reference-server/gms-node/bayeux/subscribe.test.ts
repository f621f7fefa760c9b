import { expect, test } from 'vitest'
import { connect, publishTo, startTestBayeux, subscribeTo } from './bayeux-for-tests.ts'

const unsubscribeFrom = (subscription: unknown) => ({ ...subscribeTo(subscription), channel: '/meta/unsubscribe' })
const reply = { channel: '/meta/subscribe', id: '3' }

/** What this client gets when each of the channels is published to, by number. */
function heard(names: unknown, channels: readonly string[]): unknown[] {
  const { client } = startTestBayeux()
  const me = client()
  me.send(subscribeTo(names))
  const other = client()
  for (const [n, channel] of channels.entries()) other.send(publishTo(channel, n))
  const { frames } = me.send(connect)
  return frames[0]!.filter(each => 'data' in each).map(each => each.data)
}

test.each(['/demo/foo', ['/demo/foo'], ['/demo/a', '/demo/b/**']])(
  '[BX-060] [BX-061] [BX-071] subscribing to %j right after the handshake, it comes back as it was',
  subscription => {
    const { client } = startTestBayeux()
    expect(client().send(subscribeTo(subscription)).frames).toEqual([[{ ...reply, subscription, successful: true }]])
  },
)

test('[BX-061] all of an array are effective', () => {
  expect(heard(['/demo/a', '/demo/c'], ['/demo/a', '/demo/b', '/demo/c'])).toEqual([0, 2])
})

test.each([
  ['/demo/foo/*', [1]],
  ['/demo/foo/**', [1, 2]],
  ['/demo/**', [0, 1, 2, 3]],
  ['/**', [0, 1, 2, 3]],
  ['/*', []],
  ['/demo/foo/', [0]],
])('[BX-063] %s hears what is below it', (name, numbers) => {
  expect(heard(name, ['/demo/foo', '/demo/foo/bar', '/demo/foo/bar/baz', '/demo/foobar'])).toEqual(numbers)
})

test.each([[['/demo/a', '/demo/a']], [['/demo/a', '/demo/*', '/demo/**', '/**']]])(
  '[BX-062] [BX-064] %j hears one copy',
  names => expect(heard(names, ['/demo/a'])).toEqual([0]),
)

test.each([
  [undefined, '403::subscription_missing'],
  [null, '403::subscription_missing'],
  [7, '403::subscription_invalid'],
  [[], '403::subscription_invalid'],
  [['/demo/a', 7], '403::subscription_invalid'],
  ['foo', '403::subscription_invalid'],
  ['/', '403::subscription_invalid'],
  ['//', '403::subscription_invalid'],
  ['/foo%bar', '403::subscription_invalid'],
  ['/a//b', '403::subscription_invalid'],
  ['/a/*/b', '403::subscription_invalid'],
  ['/a/**/b', '403::subscription_invalid'],
  ['/meta/connect', '403:denied_by_security_policy:subscribe_denied'],
  ['/meta/foo', '403:denied_by_security_policy:create_denied'],
  ['/meta/**', '403:denied_by_security_policy:create_denied'],
])('[BX-065] [BX-066] [BX-067] [BX-070] %j is refused with %s', (subscription, error) => {
  const { client } = startTestBayeux()
  const { frames } = client().send(subscribeTo(subscription))
  expect(frames).toEqual([
    [{ ...reply, ...(subscription === undefined ? {} : { subscription }), error, successful: false }],
  ])
})

test('[BX-068] a service channel is accepted, and nothing is heard of it', () => {
  expect(heard('/service/x', ['/service/x'])).toEqual([])
})

test('[BX-069] of an array what stands before the refused entry is subscribed', () => {
  expect(heard(['/demo/a', '/meta/x', '/demo/b'], ['/demo/a', '/demo/b'])).toEqual([0])
})

test('[BX-072] [BX-073] unsubscribing ends it, and of what was never subscribed does no harm', () => {
  const { client } = startTestBayeux()
  const me = client()
  me.send(subscribeTo(['/demo/a', '/demo/**']))
  for (const name of ['/demo/a', '/demo/b'])
    expect(me.send(unsubscribeFrom(name)).frames[0]).toEqual([
      { channel: '/meta/unsubscribe', id: '3', subscription: name, successful: true },
    ])
  client().send(publishTo('/demo/a', 1))
  expect(me.send(unsubscribeFrom('/demo/**')).frames[0]).toMatchObject([{ data: 1 }, { successful: true }])
  client().send(publishTo('/demo/a', 2))
  expect(me.send(connect).frames[0]).toHaveLength(1)
})

test('[BX-074] an unknown client gets no advice here', () => {
  const { post } = startTestBayeux()
  expect(post({ ...subscribeTo('/demo/a'), clientId: 'nobody' }).frames).toEqual([
    [{ ...reply, subscription: '/demo/a', error: '402::Unknown client', successful: false }],
  ])
})

test('a client cannot subscribe without end', () => {
  const { client } = startTestBayeux()
  const names = Array.from({ length: 1001 }, (_, n) => `/demo/${n}`)
  expect(client().send(subscribeTo(names)).frames[0]).toMatchObject([
    { error: '403:too_many_subscriptions:subscribe_denied', successful: false },
  ])
})
