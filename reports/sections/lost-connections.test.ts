import { expect, test } from 'vitest'
import type { FailureKind, Result } from '../../schemas/generated/types.ts'
import { outageText } from '../outage.ts'
import { readSample } from '../samples/read-sample.ts'
import { renderSummary } from '../summary.ts'
import { lostConnections } from './lost-connections.ts'

function withLosses(lost: number, resumed: number, losses: [string, string, number, number, number][]): Result {
  const result = readSample('pass')
  const at = (seconds: number) => new Date(Date.parse(result.startedAt) + seconds * 1_000).toISOString()
  result.losses = losses.map(([operation, outcome, count, first, last]): FailureKind => {
    return { operation, outcome, count, first: at(first), last: at(last) }
  })
  result.counters = { ...result.counters, connections_lost: lost, connections_resumed: resumed }
  result.intervals.columns.connections_resumed = [0, 0, 0, resumed / result.intervals.seconds, 0]
  const percentile = { value: 2_900, low: 2_800, high: 3_000, needs: 6 }
  const [summary] = Object.values(result.metrics).flatMap(({ all }) => all ?? [])
  result.metrics.resume_latency = { all: { ...summary!, p50: percentile, max: 3_400 } }
  return result
}

test('an outage is told from its first loss to its last return, in report and summary', () => {
  const result = withLosses(200, 200, [
    ['connection', 'closed by the target', 198, 5, 5.2],
    ['connection', 'connection reset', 2, 5, 6],
    ['new try', 'connection refused', 210, 6, 7],
  ])
  const text =
    '200 connections were lost in mid-chat, from 0:05 to 0:06; 210 new tries failed; all came back, the last by 0:04; away for 2,900 ms at the median, 3,400 ms at most'
  expect(outageText(result)).toBe(text)
  expect(renderSummary(result)).toContain('### Lost connections\n\n200 connections')
  const { markup } = lostConnections(result)
  expect(markup).toContain(text)
  expect(markup).toMatch(/connection refused<\/bdi><\/td><td class="number">210/)
})

test('who never came back is told, and what we cut ourselves', () => {
  const result = withLosses(3, 2, [['cut', 'cut', 3, 5, 5]])
  expect(outageText(result)).toContain(
    '3 connections were lost in mid-chat, cut by --cut, at 0:05; 2 came back and 1 never did',
  )
  expect(lostConnections(result).markup).toContain('some never came back')
})

test('a run that lost none, and one over REST, has no such section', () => {
  expect(lostConnections(readSample('pass')).markup).toBe('')
  expect(renderSummary(readSample('pass'))).not.toContain('Lost connections')
})
