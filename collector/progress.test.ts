import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { createProgress } from './progress.ts'
import type { RunContext } from './run-context.ts'

test('what most requests failed with is told while the run goes on, not what only waited for them', async () => {
  const settings = {
    ...{ run: 'abc', shards: [0], modeOf: () => 'off' as const, notifyRequestor: false, isComet: true },
    ...{ isReference: false, observeMs: 800, isHoldingAnswers: false, areLanesNodes: true },
  }
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-progress-'))
  const contextOf = (): RunContext => context
  const { context, closeFiles } = openContext(settings, notificationSink(contextOf, {}), outDir, () => {})
  const progress = createProgress(context, { startedMs: 0, sessionsLive: () => 0 })
  let seconds = 0
  const told = () => {
    progress.read(++seconds * 1_000)
    expect(progress.last().elapsedSeconds).toBe(seconds)
    const { failed, mostFailed } = progress.last()
    return { failed, mostFailed }
  }
  const fail = (to: 'failures' | 'losses', times: number, operation: string, outcome: string) => {
    for (let i = 0; i < times; i++) context[to].add({ operation, outcome, atMs: 500, answer: '' })
  }

  expect(told()).toEqual({ failed: 0, mostFailed: undefined })
  fail('failures', 30, 'send', 'never ready')
  expect(told()).toEqual({ failed: 30, mostFailed: undefined })
  fail('failures', 2, 'requestChat', 'timeout')
  fail('losses', 12, 'first try', 'WebSocket refused')
  fail('losses', 50, 'cut', 'connection reset')
  expect(told()).toEqual({ failed: 44, mostFailed: { operation: 'first try', outcome: 'WebSocket refused' } })
  progress.read(7_000)
  expect(progress.last()).toMatchObject({ elapsedSeconds: 7, failed: 44 })
  await closeFiles()
})
