import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { isSearchResult } from '../../schemas/generated/search-result-validator.js'
import { startChatgauge } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

itWithK6('a search that runs out of trials says so, and keeps each trial as a result of its own', async () => {
  // Two short trials: whatever a busy machine makes of them, they are no answer.
  const { exit, stdout, stderr, folder } = await startChatgauge([
    ...['run', 'find-capacity', '--vary', 'pushes', '--lowest', '20/s', '--most-trials', '2', '--seed', '5'],
    ...['--sessions', '10', '--arrival', '20/s', '--warm-up', '0s', '--hold', '2s'],
    ...['--threshold', 'push_latency p(50)<1000'],
  ]).finished
  expect(exit).toBe(3)
  expect(stdout).toMatch(/^NO ANSWER {2}find-capacity: no answer within 2 trials.*\n {11}\S+report\.html\n$/)
  expect(stderr.split('\n').filter(line => /^trial {2}[12] /.test(line))).toHaveLength(2)
  expect(readdirSync(folder).toSorted()).toEqual(['report.html', 'search.json', 'summary.md', 'trials'])
  const search: unknown = JSON.parse(readFileSync(join(folder, 'search.json'), 'utf8'))
  if (!isSearchResult(search)) throw new Error(JSON.stringify(isSearchResult.errors))
  for (const trial of search.trials) {
    expect(readdirSync(join(folder, trial.folder))).toEqual(expect.arrayContaining(['report.html', 'result.json']))
  }
  expect(search.trials.map(({ number, seed }) => [number, seed])).toEqual([
    [1, 5],
    [2, 6],
  ])
})
