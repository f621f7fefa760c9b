import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Collector, startCollector } from '../../collector/collector.ts'
import type { Facts } from '../../collector/facts.ts'
import type { DrainStage } from '../../protocol/stream/shard-stream.ts'
import { phasesOf } from '../../scenarios/load/phases.ts'
import { toEnvironment, writeOptions } from '../../scenarios/options.ts'
import type { Process } from '../../schemas/generated/types.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { steerAgent } from './agent-steering.ts'
import type { Child } from './child.ts'
import { startK6 } from './k6-process.ts'
import { createCpuMeter } from './process-cpu.ts'
import type { ProgressLine } from './progress-line.ts'
import { collectorSettings, type RunSettings } from './run-settings.ts'
import { type ReceiverReady, type ServerReady, startReceiver, startReferenceServer } from './stack.ts'

/** What came out of a run, before anybody judges it. */
export interface RunOutcome {
  facts: Facts
  /** The user stopped it. */
  interrupted: string | undefined
  targetUrl: string
  processes: Process[]
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
  /** Calls back at the first Ctrl-C (1) and at further ones (2, …). */
  onStop(stop: (count: number) => void): void
}

const cpuEveryMs = 1_000

/** Starts receiver, reference server (unless there is a target) and k6, and follows the run to its end. */
export async function runScenario({
  settings,
  k6,
  k6Arguments,
  folder,
  progress,
  onStop,
}: RunParts): Promise<RunOutcome> {
  const { options, run, seed } = settings
  const texts = writeOptions(options)
  const started: { stop(): Promise<void> }[] = []
  let receiver: Child<ReceiverReady> | undefined
  let server: Child<ServerReady> | undefined
  let collector: Collector | undefined
  try {
    if (options.receiver === undefined) {
      receiver = await startReceiver(folder, options['receiver-port'] ?? 0, texts['receiver-delay'])
      started.push(receiver)
    }
    const receiverUrl = options.receiver ?? receiver!.ready.url
    if (settings.isReference) {
      server = await startReferenceServer(folder, {
        config: options.config,
        set: options.set,
        gmsNodes: options['gms-nodes'],
        chatServers: options['chat-servers'],
        timeScale: options['time-scale'],
        fault: options.fault,
        seed,
        receiverUrl,
      })
      started.push(server)
    }
    const targets = options.target ?? server!.ready.urls
    const agent = server && steerAgent(server.ready.control, { run, seed, replyDelay: texts['reply-delay']! })
    await agent?.play({ ratePerSecond: 0 })

    const died: string[] = []
    collector = await startCollector({
      ...collectorSettings(settings),
      receiverUrl,
      ...(server && { controlUrl: server.ready.control }),
      outDir: folder,
      log: line => progress.say(line),
      onProgress: figures => progress.show(figures),
      onPlan({ startMs, drainMs }) {
        const { arrivedMs } = phasesOf(options, startMs)
        void agent?.play({ ratePerSecond: options['agent-rate'], startMs: arrivedMs }).catch(agentFailed)
        // Open loop up to the end of the plan; what is owed by then is still said.
        setTimeout(() => void agent?.rest().catch(agentFailed), drainMs - Date.now()).unref()
      },
      rest: async (stage: DrainStage) => (stage === 'quiet' ? await agent?.rest() : undefined),
    })
    const agentFailed = (error: Error) => void died.push(error.message)

    const k6Run = startK6({
      binary: k6.path,
      script: fileURLToPath(new URL(`../../dist/${settings.scenario}.js`, import.meta.url)),
      environment: {
        ...toEnvironment(options),
        TARGET: targets.join(','),
        RECEIVER: receiverUrl,
        COLLECTOR: collector.url,
        RUN: run,
        SEED: String(seed),
        SHARDS: String(settings.shards),
        AGENT: String(settings.isReference),
        NOTIFY_REQUESTOR: String(settings.notifyRequestor),
      },
      extraArguments: k6Arguments,
      authorityFile: options.ca === undefined ? undefined : resolve(options.ca),
      logFile: `${folder}/k6.log`,
      deadlineMs: settings.longestMs,
    })
    let targetDied: string | undefined
    let isOver = false
    // Nothing that dies in mid-run may leave the others waiting for it.
    const watch = (child: Child<unknown> | undefined, say: (reason: string) => void) =>
      void child?.ended.then(reason => {
        if (isOver) return
        say(reason)
        collector!.interrupt(reason)
      })
    watch(receiver, reason => void died.push(`the receiver ${reason}`))
    watch(server, reason => {
      targetDied = `the reference server ${reason} in mid-run`
    })
    let interrupted: string | undefined
    onStop(count => {
      interrupted = 'interrupted by the user'
      if (count === 1) collector!.interrupt(interrupted)
      else k6Run.stop()
    })

    const cpu = createCpuMeter({ k6: k6Run.pid, ...(server && { 'reference server': server.pid }) }, () =>
      performance.now(),
    )
    const cpuTimer = setInterval(cpu.read, cpuEveryMs)
    const end = await k6Run.ended
    clearInterval(cpuTimer)
    if (end.watchdog)
      died.push(`k6 did not end by itself and was stopped after ${Math.round(settings.longestMs / 1000)} s`)
    else if (end.code !== 0) died.push(`k6 ${end.reason} (see k6.log)`)
    const facts = await collector.finish()
    isOver = true
    return { facts, interrupted, targetUrl: targets[0]!, died, targetDied, processes: cpu.figures().map(withoutLoop) }
  } finally {
    await collector?.close()
    await Promise.all(started.map(child => child.stop()))
    progress.end()
  }
}

function withoutLoop(figures: { name: string; cpuMean: number; cpuMax: number }): Process {
  return { ...figures, loopDelayP99Ms: null, heapMaxBytes: null }
}
