import { expect, it } from 'vitest'
import { UserError } from '../program/user-error.ts'
import { openFilesFinding, portRangeFinding } from './limits.ts'
import { clockFinding, coresFinding, loadFinding, memoryFinding } from './machine.ts'
import { k6Finding, nodeFinding } from './programs.ts'
import { summarise, tickFinding } from './tick-lateness.ts'

const limits = (soft: string) =>
  `Limit  Soft Limit  Hard Limit  Units\nMax open files            ${soft}                1048576              files\n`

it.each([
  ['Node 24', nodeFinding('24.21.0', '/node'), 'ok'],
  ['Node 22', nodeFinding('22.1.0', '/node'), 'problem'],
  ['20,000 open files', openFilesFinding(limits('20000')), 'ok'],
  ['unlimited open files', openFilesFinding(limits('unlimited')), 'ok'],
  ['1,024 open files', openFilesFinding(limits('1024')), 'warn'],
  ['256 open files', openFilesFinding(limits('256')), 'problem'],
  ['no /proc', openFilesFinding(undefined), 'warn'],
  ['the usual port range', portRangeFinding('32768\t60999\n'), 'ok'],
  ['a narrow port range', portRangeFinding('60000\t60500\n'), 'problem'],
  ['one core', coresFinding(1, 'a CPU'), 'warn'],
  ['two cores', coresFinding(2, 'a CPU'), 'ok'],
  ['a busy machine', loadFinding(1.8, 2), 'warn'],
  ['1 GiB', memoryFinding(2 ** 30), 'warn'],
  ['tsc', clockFinding('tsc', 0.04), 'ok'],
  ['hpet', clockFinding('hpet', 0.9), 'warn'],
  ['a coarse clock', clockFinding('tsc', 4_000), 'problem'],
  ['a quiet loop', tickFinding({ p50Ms: 0.3, p99Ms: 1.2, maxMs: 4, ticks: 400 }), 'ok'],
  ['a late loop', tickFinding({ p50Ms: 2, p99Ms: 25, maxMs: 60, ticks: 400 }), 'problem'],
])('judges %s', (_, found, level) => {
  expect(found.level).toBe(level)
  expect(found.advice === '').toBe(level === 'ok')
})

it('takes the percentiles of a tick loop from its sorted lateness', () => {
  const lateness = Array.from({ length: 200 }, (_, index) => 199 - index)
  expect(summarise(lateness)).toEqual({ p50Ms: 100, p99Ms: 198, maxMs: 199, ticks: 200 })
})

it('tells how k6 was found, that it is missing, and that K6_BIN is wrong', async () => {
  const found = await k6Finding(async () => ({ path: '/k6', version: '2.2.0', how: 'cache' }))
  const missing = await k6Finding(async () => undefined, { PATH: '' })
  const wrong = await k6Finding(async () => {
    throw new UserError('K6_BIN: /k6 is k6 1.0.0, 2.2.x is needed')
  })
  expect([found.found, found.level, missing.level, wrong.level]).toEqual([
    '2.2.0 from cache (/k6)',
    'ok',
    'warn',
    'problem',
  ])
})
