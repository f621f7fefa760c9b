import { accessSync } from 'node:fs'
import packageFile from '../../package.json' with { type: 'json' }
import type { Configuration } from '../../reference-server/actors.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import { outageText } from '../../reports/outage.ts'
import type { RunOptions } from '../../scenarios/options.ts'
import { buildAll } from '../build.ts'
import { type Baseline, readBaseline } from '../compare/baseline.ts'
import { findK6 } from '../k6/find-k6.ts'
import { startLiveMetrics } from '../metrics/live-metrics.ts'
import type { Typed } from '../program/command.ts'
import { onStopSignal } from '../program/stop-signal.ts'
import { UserError } from '../program/user-error.ts'
import { readConfiguration } from '../serve/configuration.ts'
import { checkFault } from '../serve/fault-list.ts'
import { conclude, optionsInForce } from './conclude.ts'
import { clockLine, lastLines } from './last-lines.ts'
import { assertPortFree, assertReachable } from './preflight.ts'
import { createProgressLine } from './progress-line.ts'
import { assertPushedWhileConnected } from './pushed-while-connected.ts'
import { makeResultFolder } from './result-folder.ts'
import { runScenario } from './run-scenario.ts'
import { decideRun, type RunSettings, referenceOptions } from './run-settings.ts'

const root = new URL('../..', import.meta.url).pathname

/** `chatgauge run`: from options to the last line. @returns the exit code of the verdict. */
export async function performRun(scenario: string, options: RunOptions, typed: Typed): Promise<number> {
  const configuration = await checkedStart(options, typed)
  const baseline = baselineOf(scenario, options)
  const startedAt = new Date()
  const k6 = await findK6()
  await buildAll()
  const metrics = await startLiveMetrics(options)
  const folder = makeResultFolder(root, scenario, startedAt, options.out)
  const progress = createProgressLine(process.stderr, options.quiet)
  const settings = decideRun(scenario, options, configuration)
  progress.say(`${scenario}: run ${settings.run}, seed ${settings.seed}, ${shardsText(settings)}, k6 ${k6.version}`)
  if (metrics) progress.say(`live metrics: ${metrics.url}`)

  let stop: (count: number) => void = () => process.exit(130)
  const stopListening = onStopSignal(count => {
    progress.say(count === 1 ? 'stopping: draining and reporting; once more stops at once' : 'stopping at once')
    stop(count)
  })
  try {
    const outcome = await runScenario({
      settings,
      k6,
      k6Arguments: typed.passedOn,
      folder,
      progress,
      metrics,
      onStop(callback) {
        stop = callback
      },
    })
    const { result, report } = await conclude(folder, settings, k6, outcome, packageFile.version, baseline)
    const clocks = clockLine(result)
    if (clocks) progress.say(clocks)
    const outage = outageText(result)
    if (outage) progress.say(outage)
    if (options.json) console.log(JSON.stringify(result.verdict))
    else console.log(lastLines(result, report))
    // All is written: from here on Ctrl-C ends us as it ends any program.
    stopListening()
    await metrics?.lastScrape()
    return result.verdict.exit
  } finally {
    stopListening()
    await metrics?.close()
  }
}

function shardsText({ options: { part }, shards, ownShards }: RunSettings): string {
  return part ? `part ${part.number} of ${part.of} with ${ownShards.length} of ${shards} shards` : `${shards} shards`
}

function baselineOf(scenario: string, options: RunOptions): Baseline | undefined {
  const { baseline, 'max-regression': bounds, target } = options
  if (baseline === undefined) return undefined
  return readBaseline(baseline, bounds, { scenario, options: optionsInForce(options, target === undefined) })
}

/** Everything that can be known to be wrong before anything is started. */
export async function checkedStart(options: RunOptions, typed: Typed): Promise<Configuration | undefined> {
  const { target } = options
  const onlyOurs = referenceOptions.find(name => typed.has(name))
  if (target && onlyOurs) {
    throw new UserError(`--${onlyOurs} is about the reference server, and --target names another one; leave one out`)
  }
  if (options.ca !== undefined) accessSync(options.ca)
  for (const url of target ?? []) await assertReachable('target', url)
  if (options.receiver !== undefined) await assertReachable('receiver', options.receiver)
  if (options['receiver-port'] !== undefined) {
    await assertPortFree('--receiver-port', options['receiver-port'], '0.0.0.0')
  }
  if (target) {
    const { assertGms } = await import('./assert-gms.ts')
    await assertGms(options)
    return undefined
  }
  if (options.fault !== undefined) checkFault(options.fault, createSeededRandom(0, 'fault'))
  const say = (line: string) => console.error(`chatgauge: ${line}`)
  const configuration = readConfiguration(typed, { debug() {}, info() {}, warn: say, error: say })
  assertPushedWhileConnected(configuration, options)
  return configuration
}
