import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startTestBayeux } from './bayeux-for-tests.ts'
import type { BayeuxMessage } from './message.ts'

const names = [
  '/meta/handshake',
  '/meta/connect',
  '/meta/subscribe',
  '/meta/unsubscribe',
  '/meta/disconnect',
  '/meta/',
  '/service/echo',
  '/service/__proto__',
  '/demo/a',
  '/demo/**',
  '//',
  '',
  '__proto__',
]
const anyName = fc.oneof(fc.constantFrom(...names), fc.string())
const anything = fc.oneof(fc.jsonValue(), anyName)
const anyMessage = fc.record(
  {
    channel: fc.oneof({ weight: 5, arbitrary: anyName }, anything),
    id: fc.oneof(fc.string(), fc.integer(), anything),
    clientId: fc.constantFrom('mine', 'mine', 'mine', 'other', 7, null),
    subscription: fc.oneof(anyName, fc.array(anyName), anything),
    data: anything,
    advice: fc.oneof(fc.record({ timeout: anything, interval: anything }), anything),
    ext: anything,
  },
  { requiredKeys: [] },
)

test('[BX-100] [BX-172] whatever the messages hold, each gets one reply of the right form, or the whole is refused', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anyMessage, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      fc.constantFrom('long-polling', 'callback-polling', 'websocket'),
      (batches, transport) => {
        const { bayeux, post, carrier, socketClient, client } = startTestBayeux({ maxQueue: 5 })
        const own = transport === 'websocket' ? socketClient() : client(transport, 'b')
        const clients: Record<string, string> = { mine: own.clientId, other: client().clientId }
        for (const batch of batches) {
          const messages: BayeuxMessage[] = batch.map(message => ({
            ...message,
            clientId: clients[String(message.clientId)] ?? message.clientId,
          }))
          const socket = carrier('websocket')
          const answer = transport === 'websocket' ? socket : post(messages, 'b', transport)
          if (transport === 'websocket') socket.isFailed = bayeux.exchange(socket, messages) !== undefined
          const replies = answer.frames.flat().filter(each => 'successful' in each)
          // A connect may be held, and then it has none yet.
          const held = messages.some(({ channel }) => channel === '/meta/connect') ? 1 : 0
          if (!answer.isFailed) expect(messages.length - replies.length).toBeLessThanOrEqual(held)
          for (const { successful, error } of replies) {
            expect(typeof successful).toBe('boolean')
            if (successful === false) expect(error).toMatch(/^\d{3}:[^:]*:.*$/)
            else expect(error).toBeUndefined()
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a planted fault sees all that comes and goes, and may change it', () => {
  const seen: unknown[] = []
  const { bayeux, carrier } = startTestBayeux({}, () => ({
    bayeuxIn: messages => messages.map(message => ({ ...message, id: 'changed' })),
    bayeuxOut(messages, about) {
      seen.push([messages.map(({ channel, id }) => [channel, id]), about])
      return messages.map(message => ({ ...message, id: 'again' }))
    },
  }))
  const socket = carrier('websocket')
  bayeux.exchange(socket, [{ channel: '/meta/handshake', id: '1' }])
  expect(socket.frames[0]![0]!.id).toBe('again')
  expect(seen).toEqual([[[['/meta/handshake', 'changed']], { transport: 'websocket', clientId: undefined }]])
})
