import type { CollectorReportSettings } from '../../scenarios/clients/collector-report.ts'
import type { Report } from '../../scenarios/load/report.ts'

/**
 * Stands in for the report to the collector in `npm run bench -- measuring`: the same run with measuring reduced to
 * counters. No row is kept and none sent; what a shard counts where it happens is told each second, as always.
 */
export function collectorReport({ samples, shard, now, until, ...settings }: CollectorReportSettings): Report {
  return {
    row() {},
    triggered() {},
    error: message => samples.say({ type: 'error', shard, message }),
    async settled(stage) {
      samples.say({ type: 'stage', shard, stage })
      await until(() => settings.isSettled(stage), settings.settleLimitMs)
    },
    flush() {},
    state: (counts, live, inFlight) =>
      samples.say({
        type: 'state',
        shard,
        at: now(),
        live,
        inFlight,
        buffered: samples.socket.buffered,
        counts: { ...counts },
      }),
    async end(counts) {
      samples.say({ type: 'bye', shard, ...samples.sent(), counts: { ...counts } })
      await samples.socket.close()
    },
  }
}
