import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogLines } from './log-lines.ts'
import { keepRecentLines } from './recent-log.ts'

function start(level: 'debug' | 'warn') {
  const out = new PassThrough()
  return { out, log: createLogLines({ out, level, now: () => 1_600_000_000_250 }) }
}

test('one JSON object a line, with time, level, text and fields', () => {
  const { out, log } = start('debug')
  log.debug('first')
  log.warn('second', { node: 'gms-1', status: 503 })
  expect(String(out.read())).toBe(
    '{"at":"2020-09-13T12:26:40.250Z","level":"debug","line":"first"}\n' +
      '{"at":"2020-09-13T12:26:40.250Z","level":"warn","line":"second","node":"gms-1","status":503}\n',
  )
})

test('lines below the level are not written, but kept for who reads them back', () => {
  const { out, log } = start('warn')
  const recent = keepRecentLines(log)
  recent.debug('quiet', { id: 'Trc 59758' })
  recent.info('quiet too')
  recent.error('loud')
  expect(String(out.read()).trim().split('\n')).toHaveLength(1)
  expect(recent.linesAfter(1)).toEqual([
    { number: 2, level: 'info', line: 'quiet too' },
    { number: 3, level: 'error', line: 'loud' },
  ])
  expect(recent.linesAfter(0)[0]).toEqual({ number: 1, level: 'debug', line: 'quiet', fields: { id: 'Trc 59758' } })
})
