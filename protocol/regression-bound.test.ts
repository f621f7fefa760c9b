import { expect, test } from 'vitest'
import { parseRegressionBound } from './regression-bound.ts'

test.each([
  ['push_latency p(99) 10%', { metric: 'push_latency', statistic: 'p99', allowed: { share: 0.1 } }],
  ['  send_latency_raw  p( 99.9 )  20ms ', { metric: 'send_latency_raw', statistic: 'p999', allowed: { ms: 20 } }],
  ['refresh_latency med 1.5s', { metric: 'refresh_latency', statistic: 'p50', allowed: { ms: 1_500 } }],
  ['messages_sent rate 2.5%', { metric: 'messages_sent', statistic: 'rate', allowed: { share: 0.025 } }],
])('%s', (text, bound) => {
  expect(parseRegressionBound(text)).toMatchObject(bound)
})

test('a bound is kept as it was given', () => {
  expect(parseRegressionBound(' push_latency  p( 99 )  10% ').text).toBe('push_latency p(99) 10%')
})

test.each([
  ['push_latency 10%', "is not of the form METRIC STAT LIMIT, for example 'push_latency p(99) 10%'"],
  ['push_latncy p(99) 10%', 'there is no metric push_latncy; did you mean push_latency?'],
  ['pushes_lost count 0%', "hold the count itself to a limit: --threshold 'pushes_lost count==0'"],
  [
    'push_latency p(97) 10%',
    'p(97) has no interval in a result; allowed are med, p(50), p(75), p(90), p(95), p(99), p(99.9)',
  ],
  ['push_latency avg 10%', 'avg has no interval in a result'],
  ['messages_sent count 2%', 'count is not allowed on a counter; allowed is rate'],
  ['messages_sent rate 2ms', "the limit '2ms' is not allowed; allowed is one like 2%"],
  ['push_latency p(99) 10', "the limit '10' is not allowed; allowed is one like 10% or 20ms"],
])('%s is refused in words', (text, why) => {
  expect(() => parseRegressionBound(text)).toThrow(why)
})
