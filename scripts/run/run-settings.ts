import { randomInt } from 'node:crypto'
import { cpus, release, totalmem, type } from 'node:os'
import type { CollectorOptions } from '../../collector/collector.ts'
import { observeMsOf } from '../../judging/loss.ts'
import type { Configuration } from '../../reference-server/actors.ts'
import { createModeOf } from '../../scenarios/load/mode-mix.ts'
import { phasesOf } from '../../scenarios/load/phases.ts'
import { hasPushes } from '../../scenarios/options/kinds.ts'
import { ownShards, shardsOf } from '../../scenarios/options/shards.ts'
import type { RunOptions } from '../../scenarios/options.ts'
import type { Result } from '../../schemas/generated/types.ts'

/** A run with everything decided that its options leave open. */
export interface RunSettings {
  scenario: string
  options: RunOptions
  run: string
  seed: number
  /** Of the whole run. */
  shards: number
  /** Numbers of those that this generator runs. */
  ownShards: readonly number[]
  /** The reference server is started for this run. */
  isReference: boolean
  notifyRequestor: boolean
  observeMs: number
  resendDelayMs: number
  /** From k6's start to its last regular action, all waits of the drain at their longest. */
  longestMs: number
  /** Members of flex-push-content, where the configuration is ours. */
  flexPushContent: readonly string[] | undefined
}

/** Options that only the reference server understands. */
export const referenceOptions = ['config', 'set', 'gms-nodes', 'chat-servers', 'fault', 'time-scale'] as const

const runIdLetters = '0123456789abcdefghijklmnopqrstuvwxyz'
/** k6's start, its lead before the first session, final refreshes and goodbyes. */
const aroundMs = 60_000
/** Of a silent target each stage of the drain waits for two requests that run into their timeout, one behind the other. */
const silentDrainMs = 3 * 42_000
/** The documented defaults of flex-push-resend-delay (s) and flex-push-resend-attempts (OPT-026, OPT-027). */
const documentedResend = { delay: 15, attempts: 10 }

export function decideRun(
  scenario: string,
  options: RunOptions,
  configuration: Configuration | undefined,
): RunSettings {
  const isReference = options.target === undefined
  const reader = configuration?.reader('run')
  const resendDelay = reader?.integer('settings', 'flex-push-resend-delay') ?? documentedResend.delay
  const resendAttempts = reader?.integer('settings', 'flex-push-resend-attempts') ?? documentedResend.attempts
  const isReliable = options.push.some(({ mode }) => mode === 'reliable')
  const observeMs = options.observe ?? observeMsOf({ isReliable }, resendDelay * 1000, resendAttempts)
  const { drainMs } = phasesOf(options, 0)
  const shards = shardsOf(options)
  return {
    scenario,
    options,
    run: Array.from({ length: 6 }, () => runIdLetters[randomInt(runIdLetters.length)]).join(''),
    seed: options.seed ?? randomInt(2 ** 32),
    shards,
    ownShards: ownShards(options, shards),
    isReference,
    // Who is not pushed has what it does itself in its answers, over CometD (CV2-120).
    notifyRequestor:
      (options.transport === 'rest' || hasPushes(options)) && (options['notify-requestor'] ?? !isReference),
    observeMs,
    resendDelayMs: resendDelay * 1000,
    // Three stages of the drain, each at most 3 W; the final refreshes leave at twice the arrival rate.
    longestMs: aroundMs + silentDrainMs + drainMs + 9 * observeMs + (options.sessions / options.arrival) * 1000,
    flexPushContent: reader?.list('settings', 'flex-push-content'),
  }
}

/** What the collector must know about the run to check it. */
export function collectorSettings(
  settings: RunSettings,
): Omit<CollectorOptions, 'receiverUrl' | 'controlUrl' | 'outDir' | 'log'> {
  const { options, run, shards, notifyRequestor, isReference, observeMs, flexPushContent, resendDelayMs } = settings
  return {
    run,
    shards: settings.ownShards,
    modeOf: createModeOf(options.push, shards),
    notifyRequestor,
    isComet: options.transport !== 'rest',
    isPushless: !hasPushes(options),
    arePushedToo: options.transport !== 'rest' && hasPushes(options),
    isReference,
    observeMs,
    isHoldingAnswers: options['receiver-delay'] !== undefined,
    // A foreign target posts to one path, whatever the number of its nodes.
    areLanesNodes: isReference,
    ...(flexPushContent && { flexPushContent }),
    resendDelayMs,
  }
}

export function environmentOf(k6Version: string): Result['environment'] {
  return {
    node: process.version,
    k6: k6Version,
    os: `${type()} ${release()}`,
    arch: process.arch,
    cpus: cpus().length,
    cpuModel: cpus()[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
  }
}
