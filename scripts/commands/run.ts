import { parseOptions } from '../../scenarios/options.ts'
import { scenarioNames } from '../build-scenarios.ts'
import type { Command, Typed } from '../program/command.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { runOptions, typedPairs } from '../program/run-options.ts'
import { UserError } from '../program/user-error.ts'

export const run: Command = {
  name: 'run',
  summary: 'a load test: server, receiver, k6, verdict, result folder and report',
  words: '[scenario]',
  options: runOptions,
  passesOn: true,
  examples: [
    { line: 'chatgauge run async-chat --profile demo', does: 'the main job: 2,000 async chats in about a minute' },
    {
      line: 'chatgauge run async-chat --sessions 500 --hold 1m',
      does: 'other numbers; every option is also a k6 variable',
    },
    { line: 'chatgauge run --target http://gms.example:8080 --receiver-port 9090', does: 'against a GMS of your own' },
    { line: "chatgauge run --threshold 'push_latency p(99)<200'", does: 'with a limit of your own' },
  ],
  notes:
    'Durations are 250ms, 5s, 30m, 24h; DIST is const(5ms), uniform(1s,3s), exp(2s), lognorm(p50,p99) or bimodal(a,b,share).\n' +
    'Exit code: 0 pass, 1 fail, 2 could not run, 3 invalid or inconclusive, 130 interrupted.',
  async run(typed) {
    const scenario = scenarioOf(typed)
    const { options, errors } = parseOptions(typedPairs(typed), scenario)
    if (errors) throw new UserError(errors.join('\n           '))
    const { performRun } = await import('../run/perform-run.ts')
    return performRun(scenario, options, typed)
  },
}

function scenarioOf({ words }: Typed): string {
  const [name = 'async-chat', ...more] = words
  const known = scenarioNames()
  if (more.length > 0) throw new UserError(`run takes one scenario, not also ${more.join(' ')}`)
  if (!known.includes(name)) {
    throw new UserError(`there is no scenario ${name}${didYouMean(name, known)}; there are ${known.join(', ')}`)
  }
  return name
}
