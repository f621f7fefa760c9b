import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { runJudged } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

// [CV2-122] A server may give a new secure key with every answer; who uses the newest one never notices.

it('the conformance suite raises no alarm when the secure key changes with every answer', () => {
  const task = new URL('../../scripts/tasks/repeat-conform.ts', import.meta.url).pathname
  const { status, stdout } = spawnSync(process.execPath, [task, '1', '--rotate-keys', '--dry-run'], {
    encoding: 'utf8',
  })
  const alarms = stdout.split('\n').filter(line => line.startsWith('    '))
  expect({ alarms, status }).toEqual({ alarms: [], status: 0 })
  expect(stdout).toMatch(/^1 of 1: 0 alarms in \d{3,} cases/)
})

itWithK6('async-chat passes when the secure key changes with every answer', async () => {
  const rotate = ['--set', 'refserver.rotate-secure-key=every-response']
  const { exit, stdout, violations, result } = await runJudged('run', 'async-chat', '--profile', 'smoke', ...rotate)
  expect(violations).toEqual([])
  expect([exit, stdout]).toEqual([0, expect.stringMatching(/^PASS {2}async-chat: /)])
  expect(result!.counters.requests_failed).toBe(0)
})
