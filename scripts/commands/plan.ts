import { givenOptions, planOptionDescriptions } from '../plan/plan-options.ts'
import type { Command, Typed } from '../program/command.ts'
import { UserError } from '../program/user-error.ts'

export const plan: Command = {
  name: 'plan',
  summary: 'how many GMS nodes and Chat Servers for so many sessions, from results of runs',
  words: '<result…>',
  options: [...planOptionDescriptions, { name: 'json', help: 'the whole answer as JSON on stdout' }],
  examples: [
    {
      line: 'chatgauge plan reports/out/measured --sessions 150000 --message-rate 100/s',
      does: 'with the push time that this run measured',
    },
    {
      line: 'chatgauge plan reports/out/measured --sessions 150000 --message-rate 100/s --receiver-latency 5ms --headroom 40%',
      does: 'with a receiver of your own',
    },
    {
      line: 'chatgauge plan a b --sessions 1000000 --message-rate 500/s --ping-interval 1h --json',
      does: 'from two runs that differ by 10,000 sessions: memory is measured, too',
    },
  ],
  notes:
    'A result is a result folder, its result.json, or the folder of run find-capacity.\nDurations: 250ms, 5s, 30m, 24h; rates: 100/s, 200/m, 5000/h; shares: 30% or 0.3;\n' +
    'sizes: 3KiB, 4GiB; distributions: const(5ms), exp(5ms), uniform(1ms,9ms), lognorm(p50,p99), bimodal(a,b,share).\n' +
    'It refuses results that are invalid, interrupted or time-scaled, and names the option for a figure that is missing.\n' +
    'Exit code: 0 answered, 2 no answer. docs/planning.md has the model, its sources and its limits.',
  run,
}

async function run(typed: Typed): Promise<number> {
  if (typed.words.length === 0)
    throw new UserError('plan needs a result: a result folder or a result.json; see chatgauge plan --help')
  const given = givenOptions(typed)
  const [{ readSources }, { figuresOf }, { planCapacity }, { durationText }, { answerSentence, planText }] =
    await Promise.all([
      import('../plan/sources.ts'),
      import('../plan/figures.ts'),
      import('../../planning/capacity-plan.ts'),
      import('../plan/number-text.ts'),
      import('../plan/plan-text.ts'),
    ])
  const sources = readSources(typed.words)
  const { figures, mix } = figuresOf(given, sources)
  const answer = planCapacity(figures, mix, sources, durationText)
  if ('error' in answer) throw new UserError(answer.error)
  if (!typed.has('json')) console.log(planText(answer, figures))
  else
    console.log(
      JSON.stringify({
        ...{ answer: answerSentence(answer, figures), ...answer, mix, figures },
        results: sources.map(({ name, result }) => ({ name, run: result.run, verdict: result.verdict })),
      }),
    )
  return 0
}
