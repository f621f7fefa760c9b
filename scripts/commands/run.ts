import { variedNames } from '../../scenarios/options/table.ts'
import { parseOptions } from '../../scenarios/options.ts'
import { scenarioNames } from '../build-scenarios.ts'
import type { Command, Typed } from '../program/command.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { runOptions, typedPairs } from '../program/run-options.ts'
import { UserError } from '../program/user-error.ts'
import { scenarioChoices } from '../run/scenario-choices.ts'

export const run: Command = {
  name: 'run',
  summary: 'a load test: server, receiver, k6, verdict, result folder and report',
  words: '[scenario]',
  choices: {
    title: 'Scenarios, each with the options that it means by its name',
    each: [
      ...scenarioChoices,
      { word: 'find-capacity', does: 'not one run but a search: how much holds the thresholds (needs --vary)' },
    ],
  },
  options: runOptions,
  passesOn: true,
  examples: [
    { line: 'chatgauge run async-chat --profile demo', does: 'the main job: 2,000 async chats in about a minute' },
    {
      line: 'chatgauge run async-chat --sessions 500 --hold 1m',
      does: 'other numbers; every option is also a k6 variable',
    },
    { line: 'chatgauge run --target http://gms.example:8080 --receiver-port 9090', does: 'against a GMS of your own' },
    {
      line: 'chatgauge run find-capacity --vary pushes',
      does: 'the highest rate at which the thresholds hold, by trials of about 20 s',
    },
    {
      line: 'chatgauge run cometd-chat --transport long-polling --cut 50%',
      does: 'customers over CometD; each connection is cut once in mid-run, nothing may be lost or doubled',
    },
    {
      line: 'chatgauge run async-chat --transport websocket',
      does: 'mobile apps with a CometD connection and a push subscription: each event must be heard and be pushed',
    },
    { line: 'chatgauge run file-transfer', does: 'uploads and downloads beside chat, limits reached on purpose' },
    { line: "chatgauge run --threshold 'push_latency p(99)<200'", does: 'with a limit of your own' },
    {
      line: "chatgauge run --hold 2m --baseline main --max-regression 'push_latency p(99) 10%'",
      does: 'fails when p99 is shown to be more than 10 % worse than in the result folder main',
    },
  ],
  notes:
    'Durations are 250ms, 5s, 30m, 24h; DIST is const(5ms), uniform(1s,3s), exp(2s), lognorm(p50,p99) or bimodal(a,b,share).\n' +
    'Exit code: 0 pass, 1 fail, 2 could not run, 3 invalid or inconclusive, 130 interrupted; of find-capacity: 0 an answer,\n1 the thresholds hold at no rate asked, 3 no answer, and why.',
  async run(typed) {
    if (typed.words[0] === searchWord) return findCapacity(typed)
    const ofSearch = searchOptions.find(name => typed.has(name))
    if (ofSearch) throw new UserError(`--${ofSearch} is an option of run ${searchWord} only`)
    const scenario = scenarioOf(typed)
    const { options, errors } = parseOptions(typedPairs(typed), scenario)
    if (errors) throw new UserError(errors.join('\n           '))
    const { performRun } = await import('../run/perform-run.ts')
    return performRun(scenario, options, typed)
  },
}

/** Not a scenario of its own: a search whose trials are runs. */
const searchWord = 'find-capacity'
const searchOptions = ['vary', 'lowest', 'highest', 'most-trials'] as const
/** A trial is a whole run with a verdict of its own. */
const notInSearch = {
  junit: 'a search has no cases; the result folder of each trial has a junit.xml',
  part: 'the parts of a run are merged before they are judged',
  'time-scale': 'latency is not judged on a faster clock',
  baseline: 'its trials run at other rates; compare single runs, or the answers of two searches',
  'max-regression': 'it needs a --baseline, and trials have none',
} as const

async function findCapacity(typed: Typed): Promise<number> {
  if (typed.words.length > 1) throw new UserError(`run ${searchWord} takes no word ${typed.words[1]}`)
  const varied = variedNames.find(name => name === typed.value('vary'))
  if (varied === undefined) {
    const given = typed.value('vary')
    const what = given === undefined ? `run ${searchWord} needs --vary WHAT` : `--vary: '${given}' is not allowed`
    throw new UserError(`${what}${didYouMean(given ?? '', variedNames)}; allowed: ${variedNames.join(', ')}`)
  }
  for (const [name, why] of Object.entries(notInSearch)) {
    if (typed.has(name)) throw new UserError(`--${name} cannot be used with run ${searchWord}: ${why}`)
  }
  const { scenarioOf: scenarios } = await import('../search/trial-options.ts')
  const pairs = typedPairs(typed)
  const profile: [string, string][] = typed.has('profile') ? [] : [['profile', 'quick']]
  const { options, errors } = parseOptions([...profile, ...pairs], scenarios[varied])
  if (errors) throw new UserError(errors.join('\n           '))
  const { performSearch } = await import('../search/perform-search.ts')
  return performSearch(options, varied, typed)
}

function scenarioOf({ words }: Typed): string {
  const [name = 'async-chat', ...more] = words
  const known = scenarioNames()
  if (more.length > 0) throw new UserError(`run takes one scenario, not also ${more.join(' ')}`)
  if (!known.includes(name)) {
    throw new UserError(
      `there is no scenario ${name}${didYouMean(name, [...known, searchWord])}; there are ${known.join(', ')} and ${searchWord}`,
    )
  }
  return name
}
