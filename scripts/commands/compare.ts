import { join } from 'node:path'
import { boundExample, parseRegressionBound } from '../../protocol/regression-bound.ts'
import type { Command, Typed } from '../program/command.ts'
import { UserError } from '../program/user-error.ts'

export const compare: Command = {
  name: 'compare',
  summary: 'two results side by side: differences with intervals, and whether one is shown to be worse',
  words: '<result> <baseline>',
  options: [
    {
      name: 'max-regression',
      value: "'METRIC STAT LIMIT'",
      help: `how much worse than the baseline is allowed, for example ${boundExample}; then nothing else is judged`,
      repeatable: true,
    },
    { name: 'html', value: 'FILE', help: 'the page; default: comparison.html in the folder of the result' },
    { name: 'unlike', help: 'compare although scenario or load differ' },
    { name: 'json', help: 'the whole comparison as JSON on stdout, all else on stderr' },
  ],
  examples: [
    { line: 'chatgauge compare reports/out/today reports/out/yesterday', does: 'today against yesterday' },
    { line: 'chatgauge compare five-new five-old', does: 'folders of five result folders each: repeats' },
    {
      line: "chatgauge compare new old --max-regression 'push_latency p(99) 10%' --max-regression 'send_latency med 20ms'",
      does: 'a gate: 0 = both hold, 1 = one is broken, 3 = too few samples to tell',
    },
  ],
  notes:
    'A result is a result folder, its result.json, or a folder of result folders: repeats, which alone show what changes from one\n' +
    'run to the next. comparison.html and comparison.md are written into the folder of the first.\n' +
    'A LIMIT is a share of the baseline (10%) or, for latencies, a time (20ms). STAT is med, p(50), p(75), p(90), p(95), p(99),\n' +
    'p(99.9), or rate for messages_sent, pings_sent, sessions_started, pushes_received and notifications_received.\n' +
    'Exit code: 0 no regression, 1 worse than allowed (without --max-regression: anything that is shown to be worse), 2 bad\n' +
    'input or unlike loads, 3 too few samples for a bound, or a result that is invalid, interrupted or time-scaled.\n' +
    'docs/measuring.md tells the method, and what a single pair of runs cannot tell.',
  run,
}

async function run(typed: Typed): Promise<number> {
  const [word, baselineWord, ...more] = typed.words
  if (word === undefined || baselineWord === undefined || more.length > 0)
    throw new UserError('compare needs two results, the new one and its baseline; see chatgauge compare --help')
  const bounds = typed.values('max-regression').map(text => {
    try {
      return parseRegressionBound(text)
    } catch (error) {
      throw new UserError(`--${(error as Error).message}`)
    }
  })
  const [{ compareRuns }, { readRuns, assertAlike }, { comparisonText }, { writeComparison }, { linesOf }] =
    await Promise.all([
      import('../../judging/comparison/compare-results.ts'),
      import('../compare/read-runs.ts'),
      import('../compare/comparison-text.ts'),
      import('../../reports/comparison/write-comparison.ts'),
      import('../run/last-lines.ts'),
    ])
  const runs = readRuns(word)
  const before = readRuns(baselineWord)
  assertAlike(runs, before, typed.has('unlike'))
  const { results } = runs
  const baselines = before.results
  const comparison = compareRuns(results, baselines, baselineWord, bounds)
  const html = typed.value('html') ?? join(runs.folder, 'comparison.html')
  const written = writeComparison(html, { comparison, results, baselines })
  const text = comparisonText(comparison)
  if (typed.has('json')) {
    console.error(text)
    console.log(JSON.stringify(comparison))
  } else {
    const lines = linesOf(
      comparison.word.toUpperCase(),
      `${results[0]!.scenario}: ${comparison.sentence}`,
      written.html,
    )
    console.log(text === '' ? lines : `${text}\n\n${lines}`)
  }
  return comparison.exit
}
