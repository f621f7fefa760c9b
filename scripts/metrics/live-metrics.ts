import type { LiveBooks } from '../../collector/live-metrics/live-books.ts'
import type { LiveRun } from '../../collector/live-metrics/live-run.ts'
import { liveText } from '../../collector/live-metrics/metric-table.ts'
import { thresholdsInForce, tightestLatencyLimit } from '../../judging/threshold.ts'
import { usualLimitMs } from '../../judging/validity.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { hasPushes } from '../../scenarios/options/kinds.ts'
import type { RunOptions } from '../../scenarios/options.ts'
import type { RunSettings } from '../run/run-settings.ts'
import { type MetricsServer, startMetricsServer } from './metrics-server.ts'

/** What `--prometheus-port` serves: the run that lives, and of a search the trial that lives or was last. */
export interface LiveMetrics extends MetricsServer {
  show(settings: RunSettings, targetUrl: string, books: LiveBooks, trial?: ShownTrial): void
}

/** One run of a search. */
export interface ShownTrial {
  number: number
  rate: number
}

/** @returns undefined where it was not asked for. @throws UserError when it cannot listen there. */
export async function startLiveMetrics(options: RunOptions): Promise<LiveMetrics | undefined> {
  const address = options['prometheus-port']
  if (address === undefined) return undefined
  let live: LiveRun | undefined
  const server = await startMetricsServer({ address, text: () => liveText(packageFile.version, live) })
  return {
    ...server,
    show(settings, targetUrl, books, trial) {
      live = liveRun(settings, targetUrl, books, trial)
    },
  }
}

export function liveRun(
  { run, scenario, seed, options }: Pick<RunSettings, 'run' | 'scenario' | 'seed' | 'options'>,
  targetUrl: string,
  books: LiveBooks,
  trial?: ShownTrial,
): LiveRun {
  const isPushed = hasPushes(options)
  const hasNotifications = options.transport !== 'rest'
  const thresholds = thresholdsInForce(options.threshold, isPushed, hasNotifications)
  return {
    run,
    info: {
      scenario,
      seed: String(seed),
      target: withoutCredentials(targetUrl),
      ...(trial && { trial: String(trial.number), rate: String(trial.rate) }),
    },
    thresholds,
    tightestLimitMs: tightestLatencyLimit(thresholds) ?? usualLimitMs,
    hasPushes: isPushed,
    hasNotifications,
    books,
  }
}

function withoutCredentials(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/]*@/, '$1')
}
