import { expect, test } from 'vitest'
import { limitLines } from './limited-log.ts'
import type { Log } from './log.ts'
import { keepRecentLines } from './recent-log.ts'
import { startTestServer } from './server-for-tests.ts'
import { createManualClock } from './time/manual-clock.ts'

function start() {
  const written: unknown[] = []
  const at = (level: string) => (line: string, fields?: object) => void written.push([level, line, fields])
  const clock = createManualClock()
  const log = limitLines({ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, clock)
  return { log, clock, written, take: () => written.splice(0) }
}

test('of lines that differ in their numbers only, twenty a second are written, then how many more there were', () => {
  const { log, clock, take } = start()
  for (let n = 1; n <= 30; n++) log.warn(`not done, see [${n}]`, { reason: 'x' })
  log.warn('another one')
  log.error('not done, see [31]')
  expect(take()).toEqual([
    ...Array.from({ length: 20 }, (_, n) => ['warn', `not done, see [${n + 1}]`, { reason: 'x' }]),
    ['warn', 'another one', undefined],
    ['error', 'not done, see [31]', undefined],
  ])
  clock.advance(1000)
  expect(take()).toEqual([['warn', '… 10 more of these in the last second: not done, see [', undefined]])
  log.warn('not done, see [32]')
  expect(take()).toEqual([['warn', 'not done, see [32]', undefined]])
  clock.advance(5000)
  expect([take(), clock.nextDue()]).toEqual([[], undefined])
})

test('ever new lines are one kind at last, long ones are cut, those of debug are all written', () => {
  const { log, clock, take } = start()
  const name = (n: number) => [...String(n)].map(digit => 'abcdefghij'[Number(digit)]).join('')
  for (let n = 0; n < 10_000; n++) log.warn(`line ${name(n)}`)
  expect(take()).toHaveLength(50 + 20)
  clock.advance(1000)
  expect(take()).toEqual([['warn', '… 9930 more of these in the last second: other lines', undefined]])
  for (let n = 0; n < 100; n++) log.debug('quiet')
  expect(take()).toHaveLength(100)
  log.warn('x'.repeat(1_000_000), { device: 'y'.repeat(1_000_000), status: 0 })
  expect(take()).toEqual([['warn', `${'x'.repeat(2000)}…`, { device: `${'y'.repeat(2000)}…`, status: 0 }]])
})

test('lines that are kept to be read back are cut, too', () => {
  const none = () => {}
  const recent = keepRecentLines({ debug: none, info: none, warn: none, error: none })
  recent.warn('x'.repeat(10_000), { chatId: 'y'.repeat(10_000) })
  expect(JSON.stringify(recent.linesAfter(0)).length).toBeLessThan(5000)
})

test('whatever requests are refused, the log grows by so many lines and no more', async () => {
  const { log, clock, written, take } = start()
  const server = await startTestServer({ log: log as Log })
  take()
  const url = new URL('/genesys/2/chat/customer-support/0001Abc123DEF001/refresh', server.server.urls[0]!)
  const refused = () =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ userId: 'u', secureKey: 'k', alias: '201' }) })
  await Promise.all(Array.from({ length: 50 }, refused))
  const lines = written.length
  clock.advance(1000)
  await server.close()
  expect([lines, written[lines]]).toEqual([
    20,
    [
      'warn',
      '… 30 more of these in the last second: Media server was not able to execute request. referenceId[',
      undefined,
    ],
  ])
})
