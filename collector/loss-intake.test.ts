import { expect, test } from 'vitest'
import { lossOutcome } from './loss-intake.ts'

test.each([
  ['dial tcp 10.1.2.3:443: connect: connection refused', 'connection refused'],
  ['read tcp 127.0.0.1:5123->127.0.0.3:80: read: connection reset by peer', 'connection reset'],
  ['websocket: close 1006 (abnormal closure): unexpected EOF', 'closed by the target'],
  ['Post "http://a/genesys/cometd/connect": EOF', 'closed by the target'],
  ['websocket: bad handshake', 'WebSocket refused'],
  ['/meta/connect is not answered', 'no answer in time'],
  ['HTTP 504', 'HTTP 504'],
  ['402::Unknown client', '402::Unknown client'],
  ['odd thing at [::1]:8080 and 10.1.2.3:80', 'odd thing at … and …'],
])('%s is told as %s', (why, outcome) => {
  expect(lossOutcome(why)).toBe(outcome)
})
