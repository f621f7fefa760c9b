import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Collector, startCollector } from '../../collector/collector.ts'
import type { Facts } from '../../collector/facts.ts'
import { createLoadLog, type LoadLog } from '../../collector/load-log.ts'
import { hostNow } from '../../process/host-clock.ts'
import { phasesOf } from '../../scenarios/load/phases.ts'
import { hasPushes } from '../../scenarios/options/kinds.ts'
import { toEnvironment } from '../../scenarios/options.ts'
import type { Process } from '../../schemas/generated/types.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import type { LiveMetrics, ShownTrial } from '../metrics/live-metrics.ts'
import { UserError } from '../program/user-error.ts'
import { SilentServerError } from './agent-steering.ts'
import type { Child } from './child.ts'
import { type K6Process, startK6 } from './k6-process.ts'
import { watchProcessLoad } from './process-load.ts'
import type { ProgressLine } from './progress-line.ts'
import { collectorSettings, type RunSettings } from './run-settings.ts'
import { ownFigures } from './server-figures.ts'
import { type Stack, startStack } from './stack.ts'

/** What came out of a run, before anybody judges it. */
export interface RunOutcome {
  facts: Facts
  /** The user stopped it. */
  interrupted: string | undefined
  targetUrl: string
  processes: Process[]
  /** What they and the machine used, second by second. */
  load: LoadLog
  /** Files of the result folder that could not be written, one sentence each. */
  unwritten: string[]
  /** Our own processes that died in mid-run, one sentence each. */
  died: string[]
  targetDied: string | undefined
}

export interface RunParts {
  settings: RunSettings
  k6: FoundK6
  k6Arguments: readonly string[]
  folder: string
  progress: ProgressLine
  /** Shown there while it lives, and as the trial of a search that it is. */
  metrics?: LiveMetrics | undefined
  trial?: ShownTrial
  /** Calls back at the first Ctrl-C (1) and at further ones (2, …). */
  onStop(stop: (count: number) => void): void
  /** Told when everything runs, for whoever looks on or interferes: `npm run bench -- truth`. */
  onStarted?(stack: Stack, k6Pid: number): Promise<void>
}

type Ends = Pick<RunOutcome, 'interrupted' | 'died' | 'targetDied'> & { isPlanned: boolean; isOver: boolean }

const readEveryMs = 1_000

/**
 * Starts receiver, reference server (unless there is a target) and k6, and follows the run to its end.
 * @throws UserError when it did not get as far as its plan.
 */
export async function runScenario(parts: RunParts): Promise<RunOutcome> {
  const { settings, folder, progress, onStop } = parts
  const ends: Ends = { interrupted: undefined, died: [], targetDied: undefined, isPlanned: false, isOver: false }
  const stack = await startStack(folder, settings)
  // What its operator has to know, and what is most often wrong.
  if (!settings.isReference && hasPushes(settings.options))
    progress.say(`pushes are awaited at ${stack.receiverUrl}/push: push.customhttp.url of the target`)
  let collector: Collector | undefined
  try {
    collector = await collect(parts, stack, ends)
    parts.metrics?.show(settings, stack.targets[0]!, collector.live, parts.trial)
    const k6 = start(parts, stack, collector.url)
    watch(settings, stack, collector, ends)
    await parts.onStarted?.(stack, k6.pid)
    onStop(count => {
      ends.interrupted = 'interrupted by the user'
      if (count === 1) collector!.interrupt(ends.interrupted)
      else k6.stop()
    })
    const load = createLoadLog()
    const processes = await untilEnd(k6, stack, load, settings, ends)
    if (!ends.isPlanned && ends.interrupted === undefined) throw new UserError(lastWords(`${folder}/k6.log`))
    const facts = await collector.finish()
    ends.isOver = true
    const { interrupted, died, targetDied } = ends
    const logs = [stack.server, stack.receiver, k6].flatMap(process => process?.logProblem() ?? [])
    const unwritten = [...facts.unwritten, ...logs]
    return { facts, interrupted, died, targetDied, targetUrl: stack.targets[0]!, processes, load, unwritten }
  } finally {
    ends.isOver = true
    await collector?.close()
    await stack.stop()
    progress.end()
  }
}

async function collect({ settings, folder, progress }: RunParts, stack: Stack, ends: Ends): Promise<Collector> {
  const { agent, receiver, server, receiverUrl } = stack
  const agentFailed = (error: Error) => {
    if (error instanceof SilentServerError) {
      ends.targetDied ??= error.message
      collector.interrupt(error.message)
    } else if (ends.targetDied === undefined) ends.died.push(error.message)
  }
  const collector = await startCollector({
    ...collectorSettings(settings),
    receiverUrl,
    // A receiver that runs already may run anywhere, whatever its URL looks like.
    here: ['k6', ...(receiver ? (['receiver'] as const) : []), ...(server ? (['reference server'] as const) : [])],
    ...(server && { controlUrl: server.ready.control }),
    outDir: folder,
    log: line => progress.say(line),
    onProgress: figures => progress.show(figures),
    onPlan({ startMs, drainMs }) {
      ends.isPlanned = true
      const { arrivedMs } = phasesOf(settings.options, startMs)
      agent?.play({ ratePerSecond: settings.options['agent-rate'], startMs: arrivedMs }).catch(agentFailed)
      // Open loop up to the end of the plan; what is owed by then is still said.
      setTimeout(() => agent?.rest().catch(agentFailed), drainMs - Date.now()).unref()
    },
    rest: async stage => (stage === 'quiet' ? await agent?.rest() : undefined),
  })
  return collector
}

function start({ settings, k6, k6Arguments, folder }: RunParts, stack: Stack, collectorUrl: string): K6Process {
  const { options } = settings
  return startK6({
    binary: k6.path,
    script: fileURLToPath(new URL(`../../dist/${settings.scenario}.js`, import.meta.url)),
    environment: {
      ...toEnvironment(options),
      TARGET: stack.targets.join(','),
      // Nobody waits for a push that is not to come.
      RECEIVER: hasPushes(options) ? stack.receiverUrl : '',
      RECEIVER_HERE: String(stack.receiver !== undefined),
      COLLECTOR: collectorUrl,
      RUN: settings.run,
      SEED: String(settings.seed),
      SHARDS: String(settings.shards),
      AGENT: String(settings.isReference),
      NOTIFY_REQUESTOR: String(settings.notifyRequestor),
    },
    extraArguments: k6Arguments,
    authorityFile: options.ca === undefined ? undefined : resolve(options.ca),
    logFile: `${folder}/k6.log`,
    deadlineMs: settings.longestMs,
  })
}

/** Nothing that dies in mid-run may leave the others waiting for it. */
function watch({ options }: RunSettings, { receiver, server }: Stack, collector: Collector, ends: Ends): void {
  const onEnd = (child: Child<unknown> | undefined, note: (reason: string) => void) =>
    child?.ended.then(reason => {
      if (ends.isOver) return
      note(reason)
      collector.interrupt(reason)
    })
  // Of one that nothing is posted to the collector says that it is gone.
  if (hasPushes(options)) onEnd(receiver, reason => ends.died.push(`the receiver ${reason}`))
  onEnd(server, reason => {
    ends.targetDied = `the reference server ${reason} in mid-run`
  })
}

/** @returns what the processes of this host cost; what only they know of themselves is told by them. */
async function untilEnd(
  k6: K6Process,
  { server, receiver }: Stack,
  log: LoadLog,
  settings: RunSettings,
  ends: Ends,
): Promise<Process[]> {
  const pids = {
    k6: k6.pid,
    ...(server && { 'reference server': server.pid }),
    ...(receiver && { receiver: receiver.pid }),
    collector: process.pid,
  }
  const load = watchProcessLoad(pids, log, hostNow)
  const timer = setInterval(load.read, readEveryMs)
  const end = await k6.ended
  clearInterval(timer)
  const seconds = Math.round(settings.longestMs / 1000)
  if (end.watchdog) ends.died.push(`k6 did not end by itself and was stopped after ${seconds} s`)
  else if (end.code !== 0) ends.died.push(`k6 ${end.reason} (see k6.log)`)
  const told = server && (await ownFigures(server.ready.control))
  return load.figures().map(figures => (figures.name === 'reference server' ? { ...figures, ...told } : figures))
}

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n')
  return `k6 could not start the scenario: ${lines.find(line => /error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'}`
}
