import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import packageFile from '../../package.json' with { type: 'json' }
import { parseOptions, type RunOptions } from '../../scenarios/options.ts'
import type { Result } from '../../schemas/generated/types.ts'
import type { FoundK6 } from '../../scripts/k6/find-k6.ts'
import { conclude } from '../../scripts/run/conclude.ts'
import type { ProgressLine } from '../../scripts/run/progress-line.ts'
import { runScenario } from '../../scripts/run/run-scenario.ts'
import { decideRun } from '../../scripts/run/run-settings.ts'
import type { Stack } from '../../scripts/run/stack.ts'
import { startSubject } from '../subject.ts'
import { answeredSends } from './answered.ts'
import { joinMessages, type StampedMessage } from './join.ts'
import { notifiedMessages } from './notified.ts'
import { type Recording, startRecorder } from './recorder.ts'
import { type Stop, stopProcess } from './stop-process.ts'
import type { Lateness } from './until-judgeable.ts'

/** Who is pushed, with `--transport` over CometD as well, and who hears over CometD alone. */
export type WatchedScenario = 'async-chat' | 'cometd-chat'

export type Victim = 'receiver' | 'target' | 'k6'

/** Stops a process in mid-run. */
export interface Standstill {
  victim: Victim
  ms: number
}

export interface WatchedRunSettings {
  k6: FoundK6
  folder: string
  scenario?: WatchedScenario
  /** As on the command line of `chatgauge run`. */
  options: Readonly<Record<string, string>>
  standstill?: Standstill
  /** Told once the steady phase has begun. */
  onSteady?(stack: Stack): void
}

export interface WatchedRun {
  result: Result
  options: RunOptions
  seed: number
  shards: number
  startMs: number
  steadyMs: number
  drainMs: number
  /** Texts of the agent in payload pushes. */
  pushed: StampedMessage[]
  /** Texts of the agent in notifications over CometD. */
  notified: StampedMessage[]
  /** Texts of customers in the answers to their sends over CometD. */
  answered: StampedMessage[]
  recording: Recording
  /** The empty tick loop, over the steady phase. */
  loop: Lateness
  stop: Stop | undefined
}

const stopAfterSteadyMs = 3_000

/** A run as `chatgauge run` makes it, looked at from outside: a recorder of the target's stamps and an empty tick loop. */
export async function watchedRun({
  k6,
  folder,
  scenario = 'async-chat',
  options: texts,
  standstill,
  onSteady,
}: WatchedRunSettings): Promise<WatchedRun> {
  const { options, errors } = parseOptions(Object.entries(texts), scenario)
  if (errors) throw new Error(errors.join('\n'))
  mkdirSync(folder, { recursive: true })
  const settings = decideRun(scenario, options, undefined)
  const loop = await startSubject('tick-loop.ts')
  let finishRecording: Awaited<ReturnType<typeof startRecorder>> | undefined
  let stopping: Promise<Stop> | undefined
  let stack: Stack | undefined
  let pid = 0
  let isSteady = false
  const progress: ProgressLine = {
    show({ phase }) {
      if (phase !== 'steady' || isSteady || !stack) return
      isSteady = true
      onSteady?.(stack)
      if (!standstill) return
      stopping = sleep(stopAfterSteadyMs).then(() => stopProcess(pid, standstill.ms))
      // It is awaited below; what ended the run is the error to tell.
      stopping.catch(() => {})
    },
    say() {},
    end() {},
  }
  try {
    const outcome = await runScenario({
      settings,
      k6,
      k6Arguments: [],
      folder,
      progress,
      onStop() {},
      async onStarted(started, k6Pid) {
        stack = started
        finishRecording = await startRecorder(started.server!.ready.control, started.receiverUrl)
        if (!standstill) return
        pid = { receiver: started.receiver!.pid, target: started.server!.pid, k6: k6Pid }[standstill.victim]
      },
    })
    const { result } = await conclude(folder, settings, k6, outcome, packageFile.version)
    const [startMs, steadyMs, drainMs] = (['warm-up', 'steady', 'drain'] as const).map(name => {
      const phase = result.phases.find(each => each.name === name)
      if (!phase) throw new Error(`the run ended before its ${name} phase: ${result.verdict.sentence}`)
      return Date.parse(phase.start)
    }) as [number, number, number]
    const recording = await finishRecording!()
    return {
      result,
      options,
      seed: settings.seed,
      shards: settings.shards,
      startMs,
      steadyMs,
      drainMs,
      pushed: joinMessages(recording),
      notified: notifiedMessages(recording.notified),
      answered: answeredSends(recording.shown),
      recording,
      loop: (await loop.ask({ ask: 'lateness', fromMs: steadyMs, toMs: drainMs })) as Lateness,
      stop: await stopping,
    }
  } finally {
    await loop.stop()
  }
}
