import { type Phase, phases } from '../../protocol/instants.ts'
import type { LiveRun } from './live-run.ts'
import type { MetricRow } from './metric-row.ts'

/** The only one that is there while nothing runs. */
export const buildRow: Omit<MetricRow, 'samples'> = {
  name: 'chatgauge_build_info',
  type: 'gauge',
  help: 'The version of chatgauge, always 1; without the label `run`.',
  labels: ['version'],
}

/** What runs, and how far it is. */
export const runRows: readonly MetricRow[] = [
  {
    name: 'chatgauge_run_info',
    type: 'gauge',
    help: 'What runs, always 1. `trial` and `rate` are those of a search.',
    labels: ['scenario', 'seed', 'target', 'trial', 'rate'],
    samples: ({ info }) => [{ labels: info, value: 1 }],
  },
  {
    name: 'chatgauge_phase',
    type: 'gauge',
    help: 'The phase that the run is in: 1 for it, 0 for the others; 0 for all before the first planned instant.',
    labels: ['phase'],
    samples(live) {
      const now = begunPhases(live).at(-1)?.phase
      return phases.map(phase => ({ labels: { phase }, value: phase === now ? 1 : 0 }))
    },
  },
  {
    name: 'chatgauge_phase_start_timestamp_seconds',
    type: 'gauge',
    help: 'When a phase that has begun did so, Unix time.',
    labels: ['phase'],
    samples: live => begunPhases(live).map(({ phase, startMs }) => ({ labels: { phase }, value: startMs / 1000 })),
  },
]

function begunPhases({ books }: LiveRun): { phase: Phase; startMs: number }[] {
  const { phases: at } = books.context
  if (!at) return []
  const starts = { 'warm-up': at.startMs, steady: at.steadyMs, drain: at.drainMs }
  const nowMs = books.nowMs()
  return phases.map(phase => ({ phase, startMs: starts[phase] })).filter(({ startMs }) => startMs <= nowMs)
}
