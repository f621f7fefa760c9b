import { expect, test } from 'vitest'
import type { LiveBooks } from '../../collector/live-metrics/live-books.ts'
import { parseOptions } from '../../scenarios/options.ts'
import { liveRun, startLiveMetrics } from './live-metrics.ts'

const optionsOf = (...pairs: [string, string][]) => {
  const { options, errors } = parseOptions(pairs)
  if (errors) throw new Error(errors.join())
  return options
}

test('a run is named without the credentials of its target, and with the trial that it is', () => {
  const options = optionsOf(['threshold', 'push_latency p(99)<200'], ['threshold', 'schedule_lateness p(99)<20'])
  const books = {} as LiveBooks
  const live = liveRun(
    { run: 'abc', scenario: 'push-latency', seed: 7, options },
    'http://me:secret@gms:8080/',
    books,
    {
      number: 3,
      rate: 160,
    },
  )
  expect(live).toMatchObject({
    run: 'abc',
    info: { scenario: 'push-latency', seed: '7', target: 'http://gms:8080/', trial: '3', rate: '160' },
    tightestLimitMs: 200,
  })
  expect(JSON.stringify(live)).not.toContain('secret')
})

test('without --prometheus-port nothing listens; with it there is a page before anything runs', async () => {
  expect(await startLiveMetrics(optionsOf())).toBeUndefined()
  const metrics = (await startLiveMetrics(optionsOf(['prometheus-port', '0'])))!
  const text = await (await fetch(metrics.url)).text()
  await metrics.close()
  expect(text).toMatch(/^# HELP .*\n# TYPE chatgauge_build_info gauge\nchatgauge_build_info\{version="[^"]+"\} 1\n$/)
})

test.each([
  ['9464', { host: '127.0.0.1', port: 9464 }],
  ['0.0.0.0:0', { host: '0.0.0.0', port: 0 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
])('--prometheus-port %s', (text, address) => {
  expect(optionsOf(['prometheus-port', text])['prometheus-port']).toEqual(address)
})

test.each(['99999', 'any', '-1', '', 'a b:1'])('--prometheus-port %j is refused with what is allowed', text => {
  const { errors } = parseOptions([['prometheus-port', text]])
  expect(errors?.[0]).toMatch(/^--prometheus-port: .*allowed: a port from 0 to 65535/)
})

test('a port for both metrics and receiver is refused', () => {
  const { errors } = parseOptions([
    ['prometheus-port', '9090'],
    ['receiver-port', '9090'],
  ])
  expect(errors).toEqual(['--prometheus-port and --receiver-port are the same; give each its own'])
})
