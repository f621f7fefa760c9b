import { expect, test } from 'vitest'
import { checkAnswer } from '../protocol/checks/shape.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { failureOutcome } from './failure-outcome.ts'

const outcome = (status: number, body: string, errorCode = 0) =>
  failureOutcome({ operation: 'send', status, errorCode } as ShardRow, checkAnswer({ operation: 'send', status, body }))

test.each([
  [0, '', 1050, 'timeout'],
  [0, '', 1212, 'no connection (k6 error 1212)'],
  [0, '', 1101, 'name not resolved (k6 error 1101)'],
  [0, '', 9999, 'no answer (k6 error 9999)'],
  [503, '{"busy":true}', 0, 'HTTP 503'],
  [502, '<html>bad gateway</html>', 0, 'HTTP 502'],
  [200, '<html>login</html>', 0, 'HTTP 200, not a chat answer'],
  [200, '{"statusCode":"fine"}', 0, 'HTTP 200, not a chat answer'],
  [200, '{"statusCode":2,"errors":[{"code":247,"advice":"x"}]}', 0, 'statusCode 2, error 247'],
  [200, '{"statusCode":1,"errors":[{"code":"many"}]}', 0, 'statusCode 1'],
  [200, '{"statusCode":2,"errors":[null]}', 0, 'statusCode 2'],
])('HTTP %i %s (k6 error %i) is told as "%s"', (status, body, errorCode, text) => {
  expect(outcome(status, body, errorCode)).toBe(text)
})
