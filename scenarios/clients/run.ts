import type { Options } from 'k6/options'
import { phasesOf } from '../load/phases.ts'
import { hasPushes } from '../options/kinds.ts'
import { ownShards, shardsOf } from '../options/shards.ts'
import { fromEnvironment, type RunOptions } from '../options.ts'
import { k6Thresholds } from './k6-metrics.ts'

/** What a scenario reads from its environment, once per VU. */
export interface Run {
  scenario: string
  options: RunOptions
  /** Of the whole run. */
  shards: number
  /** Numbers of those that run here, one VU each. */
  ownShards: readonly number[]
  targets: string[]
  /** Without one nobody but the customers can speak, and their own activity is pushed. */
  hasAgent: boolean
  notifyRequestor: boolean
  /** `http://…`; undefined = no pushes are waited for. */
  receiver: string | undefined
  /** On our own host, so that its clock is the same one: whoever started it together with us says so. */
  isReceiverHere: boolean
  /** `ws://…` of the collector of our command line; undefined = a plain `k6 run`, which judges by k6's own metrics. */
  collector: string | undefined
}

/** What all VUs share, fixed by `setup()`. */
export interface RunStart {
  run: string
  seed: number
  startMs: number
}

declare const __ENV: Record<string, string | undefined>

/** For sockets and clocks of all VUs to be ready before the first planned instant. */
const leadMs = 1_500
/** The drain is bounded by its own waits; this only ends a run in which they failed. */
const drainLimitMs = 45 * 60_000

export function readRun(scenario: string): Run {
  const options = fromEnvironment(__ENV, scenario)
  if (!options.target) {
    throw new Error(
      `TARGET is missing: k6 run dist/${scenario}.js -e TARGET=http://127.0.0.1:8080${hasPushes(options) ? ' -e RECEIVER=http://127.0.0.1:9090' : ''}`,
    )
  }
  const notifyRequestor = options['notify-requestor'] ?? __ENV.AGENT === 'false'
  const shards = shardsOf(options)
  const hasAgent = __ENV.AGENT === undefined ? !notifyRequestor : __ENV.AGENT === 'true'
  return {
    scenario,
    options,
    shards,
    ownShards: ownShards(options, shards),
    targets: options.target,
    hasAgent,
    notifyRequestor,
    receiver: options.receiver,
    isReceiverHere: __ENV.RECEIVER_HERE === 'true',
    collector: __ENV.COLLECTOR || undefined,
  }
}

export function k6Options({ options, shards, ownShards, receiver, collector }: Run): Options {
  const { drainMs } = phasesOf(options, 0)
  const hasNotifications = options.transport !== 'rest'
  // Of customers that hear as well nobody here can tell how late a push was.
  const arePushesTimed = !hasNotifications && receiver !== undefined && hasPushes(options)
  // A long poll is held for each session, beside its requests.
  const perSession = options.transport === 'long-polling' ? 2 : 1
  const inFlight = Math.max(200, perSession * Math.ceil(options.sessions / shards))
  return {
    scenarios: {
      shards: {
        executor: 'per-vu-iterations',
        vus: ownShards.length,
        iterations: 1,
        maxDuration: `${Math.ceil((leadMs + drainMs + drainLimitMs) / 1_000)}s`,
        gracefulStop: '5s',
      },
    },
    // Both at least the requests in flight of a VU: else k6 closes and reopens connections all the time.
    batch: inFlight,
    batchPerHost: inFlight,
    // A redirect is an answer to be judged. Set here, since k6 reads the parameters of each request anew.
    maxRedirects: 0,
    insecureSkipTLSVerify: options.insecure,
    systemTags: ['name', 'status', 'error_code'],
    summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'max', 'count'],
    thresholds: collector ? {} : k6Thresholds(options.threshold, { hasPushes: arePushesTimed, hasNotifications }),
  }
}

export function fixStart({ options }: Run): RunStart {
  const nowMs = Date.now()
  const run = __ENV.RUN || nowMs.toString(36)
  return { run, seed: options.seed ?? nowMs % 4_294_967_296, startMs: nowMs + leadMs }
}
