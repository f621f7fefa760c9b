import type { PlanAnswer } from '../../reports/planner/answer.ts'
import { givenOptions, planOptionDescriptions } from '../plan/plan-options.ts'
import type { Command, Typed } from '../program/command.ts'
import { UserError } from '../program/user-error.ts'

export const plan: Command = {
  name: 'plan',
  summary: 'how many GMS nodes and Chat Servers for so many sessions, from results of runs',
  words: '<result…>',
  options: [
    ...planOptionDescriptions,
    { name: 'html', value: 'FILE', help: 'the answer as one page with tables and pictures, to open and to mail' },
    { name: 'json', help: 'the whole answer as JSON on stdout' },
  ],
  examples: [
    {
      line: 'chatgauge plan reports/out/measured --sessions 150000 --message-rate 100/s',
      does: 'with the push time that this run measured',
    },
    {
      line: 'chatgauge plan reports/out/measured --sessions 150000 --message-rate 100/s --receiver-latency 5ms --html plan.html',
      does: 'with a receiver of your own, as a page',
    },
    {
      line: 'chatgauge plan a b --sessions 1000000 --message-rate 500/s --ping-interval 1h --json',
      does: 'from two runs that differ by 10,000 sessions: memory is measured, too',
    },
  ],
  notes:
    'A result is a result folder, its result.json, or the folder of run find-capacity.\nDurations: 250ms, 5s, 30m, 24h; rates: 100/s, 200/m, 5000/h; shares: 30% or 0.3;\n' +
    'sizes: 3KiB, 4GiB; distributions: const(5ms), exp(5ms), uniform(1ms,9ms), lognorm(p50,p99), bimodal(a,b,share).\n' +
    'It refuses results that are invalid, inconclusive, interrupted, time-scaled, over CometD or had a planted fault, and names the option\nfor a figure that is missing.\n' +
    'Exit code: 0 answered, 2 no answer. docs/planning.md has the model, its sources and its limits.',
  run,
}

async function run(typed: Typed): Promise<number> {
  if (typed.words.length === 0)
    throw new UserError('plan needs a result: a result folder or a result.json; see chatgauge plan --help')
  const given = givenOptions(typed)
  const [
    { readSources },
    { figuresOf },
    { planCapacity },
    { durationText },
    { searchSentences },
    { planJson, planText },
  ] = await Promise.all([
    import('../plan/sources.ts'),
    import('../plan/figures.ts'),
    import('../../planning/capacity-plan.ts'),
    import('../../reports/planner/number-text.ts'),
    import('../../reports/planner/search-sentences.ts'),
    import('../plan/plan-text.ts'),
  ])
  const found = readSources(typed.words, given['target-nodes'])
  const { figures, mix } = figuresOf(given, found)
  const sentences = searchSentences(found.searches)
  const ofKind = (agrees: boolean) =>
    sentences.filter(({ finding }) => (finding === 'agrees') === agrees).map(({ text }) => text)
  const plan = planCapacity(figures, mix, found.sources, durationText, [...found.findings, ...ofKind(false)])
  if ('error' in plan) throw new UserError(plan.error)
  const answer = { plan, figures, mix, sources: found.sources, confirmations: ofKind(true) }
  if (typed.has('json')) console.log(JSON.stringify(planJson(answer)))
  else console.log(planText(answer))
  const file = typed.value('html')
  if (file !== undefined) await writePage(file, answer, typed)
  return 0
}

/** ECharts takes a while to load; who asks for no page should not wait for it. */
async function writePage(file: string, answer: PlanAnswer, typed: Typed): Promise<void> {
  const [{ renderPlanPage }, { replaceFile }, { commandLine }] = await Promise.all([
    import('../../reports/planner/plan-page.ts'),
    import('../../reports/page/replace-file.ts'),
    import('../plan/command-line.ts'),
  ])
  const page = renderPlanPage(answer, commandLine(typed))
  try {
    replaceFile(file, page)
  } catch (error) {
    throw new UserError(`--html ${file} cannot be written: ${(error as Error).message}`)
  }
  if (!typed.has('json')) console.log(`\n${file}`)
}
