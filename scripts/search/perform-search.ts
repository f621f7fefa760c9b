import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Varied } from '../../judging/search/outcome-text.ts'
import type { SearchSettings } from '../../judging/search/trial.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { writeSearchReports } from '../../reports/search/write-search-reports.ts'
import { type RunOptions, writeOptions } from '../../scenarios/options.ts'
import type { Result, SearchResult } from '../../schemas/generated/types.ts'
import { buildAll } from '../build.ts'
import { findK6 } from '../k6/find-k6.ts'
import { startLiveMetrics } from '../metrics/live-metrics.ts'
import type { Typed } from '../program/command.ts'
import { onStopSignal } from '../program/stop-signal.ts'
import { UserError } from '../program/user-error.ts'
import type { Child } from '../run/child.ts'
import { conclude, optionsInForce } from '../run/conclude.ts'
import { linesOf } from '../run/last-lines.ts'
import { checkedStart } from '../run/perform-run.ts'
import { assertReachable } from '../run/preflight.ts'
import { createProgressLine, type ProgressLine } from '../run/progress-line.ts'
import { makeResultFolder } from '../run/result-folder.ts'
import { runScenario } from '../run/run-scenario.ts'
import { decideRun, environmentOf } from '../run/run-settings.ts'
import { type ReceiverReady, startReceiver } from '../run/stack.ts'
import { runTrials, type TrialPlan } from './run-trials.ts'
import { answerOf, searchVerdict, units } from './search-result.ts'
import { scenarioOf, trialOptions, usualRange } from './trial-options.ts'

const root = new URL('../..', import.meta.url).pathname

/** `chatgauge run find-capacity`: from options to the answer. @returns the exit code of the search. */
export async function performSearch(options: RunOptions, varied: Varied, typed: Typed): Promise<number> {
  const settings = rangeOf(options, varied)
  // The profile sets options of the server, too.
  const withProfile: Typed = { ...typed, values: name => (name === 'set' ? options.set : typed.values(name)) }
  const configuration = await checkedStart(options, options.target === undefined ? withProfile : typed)
  const startedAt = new Date()
  const k6 = await findK6()
  await buildAll()
  const metrics = await startLiveMetrics(options)
  const folder = makeResultFolder(root, 'find-capacity', startedAt, options.out)
  const progress = createProgressLine(process.stderr, options.quiet)
  const scenario = scenarioOf[varied]
  const isReference = options.target === undefined
  const seed = decideRun(scenario, options, configuration).seed
  progress.say(
    `find-capacity: ${units[varied]} from ${settings.from} to ${settings.to}, seed ${seed}, k6 ${k6.version}; each trial is a run of its own`,
  )
  if (metrics) progress.say(`live metrics: ${metrics.url}`)

  let stop: (count: number) => void = () => {}
  let stops = 0
  const stopListening = onStopSignal(count => {
    stops = count
    progress.say(count === 1 ? 'stopping: draining and reporting; once more stops at once' : 'stopping at once')
    stop(count)
  })
  let receiver: Child<ReceiverReady> | undefined
  let targetUrl = options.target?.[0]
  try {
    receiver = await sharedReceiver(folder, options)
    const base = receiver ? { ...options, receiver: receiver.ready.url, 'receiver-port': undefined } : options
    const runTrial = async ({ number, rate, seed, folder: trialFolder }: TrialPlan): Promise<Result> => {
      for (const url of options.target ?? []) await assertReachable('target', url)
      mkdirSync(trialFolder, { recursive: true })
      const own = decideRun(scenario, { ...trialOptions(base, varied, rate, isReference), seed }, configuration)
      const outcome = await runScenario({
        settings: own,
        k6,
        k6Arguments: typed.passedOn,
        folder: trialFolder,
        progress: liveOnly(progress),
        metrics,
        trial: { number, rate },
        onStop(callback) {
          stop = callback
        },
      })
      targetUrl ??= outcome.targetUrl
      const { result } = await conclude(trialFolder, own, k6, outcome, packageFile.version)
      // What a target still owes from an overload is not the next trial's.
      if (!isReference && result.ledger.open > 0) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, own.observeMs)
          stop = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      return result
    }
    const { end, trials } = await runTrials({
      varied,
      settings,
      seed,
      folder,
      say: line => progress.say(line),
      runTrial,
      isStopped: () => stops > 0,
    })
    const endedAt = new Date()
    const seconds = (endedAt.getTime() - startedAt.getTime()) / 1000
    const result: SearchResult = {
      format: 1,
      tool: { name: 'chatgauge', version: packageFile.version },
      vary: varied,
      unit: units[varied],
      scenario,
      seed,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      verdict: searchVerdict(end, varied, trials, seconds),
      ...answerOf(end, trials),
      range: { lowest: settings.from, highest: settings.to, mostTrials: settings.mostTrials },
      options: optionsInForce(options, isReference),
      target: {
        url: targetUrl ?? '',
        reference: isReference,
        service: options.service,
        ...(isReference && { gmsNodes: options['gms-nodes'], chatServers: options['chat-servers'] }),
      },
      environment: environmentOf(k6.version),
      trials,
    }
    const exit = keep(folder, result, options)
    stopListening()
    await metrics?.lastScrape()
    return exit
  } finally {
    stopListening()
    await metrics?.close()
    await receiver?.stop()
  }
}

/** Late POSTs of one trial must not meet a receiver that never heard of it: where the target outlives a trial, so does the receiver. */
async function sharedReceiver(folder: string, options: RunOptions): Promise<Child<ReceiverReady> | undefined> {
  if (options.target === undefined || options.receiver !== undefined) return undefined
  return startReceiver(folder, options['receiver-port'] ?? 0, writeOptions(options)['receiver-delay'])
}

function keep(folder: string, result: SearchResult, options: RunOptions): number {
  writeFileSync(join(folder, 'search.json'), `${JSON.stringify(result, null, 2)}\n`)
  const { html, summary } = writeSearchReports(folder, result)
  if (options.summary !== undefined) copyFileSync(summary, options.summary)
  const { verdict } = result
  console.log(options.json ? JSON.stringify(verdict) : linesOf(verdict.word.toUpperCase(), verdict.sentence, html))
  return verdict.exit
}

function rangeOf(options: RunOptions, varied: Varied): SearchSettings {
  const { lowest, highest } = usualRange[varied]
  const from = options.lowest ?? Math.min(lowest, options.highest ?? lowest)
  const to = options.highest ?? Math.max(highest, from)
  const isWhole = varied === 'sessions'
  if (isWhole && !(Number.isInteger(from) && Number.isInteger(to)))
    throw new UserError('--lowest and --highest are whole numbers with --vary sessions')
  if (from > to) throw new UserError(`--lowest ${from} is above --highest ${to}`)
  return { from, to, isWhole, mostTrials: options['most-trials'] ?? 50 }
}

/** On a terminal the figures of the trial that runs; in a log only the trials. */
function liveOnly(progress: ProgressLine): ProgressLine {
  return { ...progress, show: figures => (process.stderr.isTTY ? progress.show(figures) : undefined) }
}
