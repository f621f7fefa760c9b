import { expect, test } from 'vitest'
import { createManualClock } from '../../time/manual-clock.ts'
import type { BayeuxServer } from '../bayeux/bayeux-server.ts'
import type { Session } from '../bayeux/session.ts'
import { lateComet } from './late-comet.ts'

/** A Bayeux server that writes down what it delivers and when; `late` is asked for each message that may be. */
function late(ms: (what: 'notification' | 'resume') => number | undefined) {
  const clock = createManualClock(0)
  const did: string[] = []
  let handler: Parameters<BayeuxServer['onService']>[1] = () => {}
  const bayeux = {
    deliverText: (_: Session, text: string) => void did.push(`${clock.now()} ${text}`),
    onService: (_: string, handle: typeof handler) => {
      handler = handle
    },
  } as BayeuxServer
  const server = lateComet(bayeux, clock, () => ({ lateOverComet: ms }))
  server.onService('/service/chatV2/', (_, data) => void did.push(`${clock.now()} asked ${JSON.stringify(data)}`))
  const session = { isEnded: false } as Session
  return { clock, did, session, server, ask: (data: unknown) => handler(session, data, '/service/chatV2/care') }
}

test('[CV2-119] behind a late notification everything waits that goes to the same session, and nothing else', () => {
  const delays = [300, undefined]
  const { clock, did, session, server } = late(() => delays.shift())
  server.deliverText(session, '"monitored":1')
  server.deliverText(session, '"monitored":2')
  server.deliverText(session, 'answer')
  server.deliverText({} as Session, 'to somebody else')
  expect(did).toEqual(['0 to somebody else'])
  clock.advance(300)
  expect(did.slice(1)).toEqual(['300 "monitored":1', '300 "monitored":2', '300 answer'])
  server.deliverText(session, 'later')
  expect(did.at(-1)).toBe('300 later')
})

test('a resume is late, what asks from the first event on is none, and whose session has ended asks no more', () => {
  const { clock, did, session, ask } = late(what => (what === 'resume' ? 200 : undefined))
  ask({ operation: 'requestNotifications', transcriptPosition: 1 })
  ask({ operation: 'sendMessage', transcriptPosition: 5 })
  ask(null)
  expect(did).toHaveLength(3)
  ask({ operation: 'requestNotifications', transcriptPosition: '5' })
  expect(did).toHaveLength(3)
  clock.advance(200)
  expect(did.at(-1)).toMatch(/^200 asked/)
  ask({ operation: 'requestNotifications', transcriptPosition: 6 })
  session.isEnded = true
  clock.advance(200)
  expect(did).toHaveLength(4)
})
