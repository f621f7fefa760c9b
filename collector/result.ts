import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Judgement } from '../judging/judge.ts'
import type { Comparison, Process, Result } from '../schemas/generated/types.ts'
import type { Facts } from './facts.ts'

/** What the collector cannot know about a run. */
export interface RunDescription {
  version: string
  run: string
  scenario: string
  seed: number
  options: Result['options']
  target: Result['target']
  environment: Result['environment']
  /** Processes measured from outside, such as k6 and the reference server. */
  processes?: Process[]
  comparison?: Comparison
  notes?: string[]
}

export function makeResult(facts: Facts, judgement: Judgement, run: RunDescription): Result {
  const { verdict, thresholds, validity, rules } = judgement
  return {
    format: 1,
    tool: { name: 'chatgauge', version: run.version },
    run: run.run,
    scenario: run.scenario,
    seed: run.seed,
    startedAt: new Date(facts.startedMs).toISOString(),
    endedAt: new Date(facts.endedMs).toISOString(),
    verdict,
    options: run.options,
    target: run.target,
    environment: run.environment,
    phases: facts.phases,
    metrics: facts.metrics,
    counters: facts.counters,
    rates: facts.rates,
    ledger: facts.ledger,
    ...(facts.heard && { notificationLedger: facts.heard.ledger }),
    thresholds,
    validity,
    violations: { total: rules.reduce((sum, { count }) => sum + count, 0), byRule: rules },
    coverage: facts.coverage,
    processes: mergedProcesses(run.processes ?? [], facts.processes),
    clocks: facts.clocks,
    intervals: facts.intervals,
    ...facts.detail,
    merging: facts.merging,
    ...(run.comparison && { comparison: run.comparison }),
    notes: [...facts.notes, ...(run.notes ?? [])],
  }
}

/** Whole or not at all: a reader never sees half a result. */
export async function writeResult(outDir: string, result: Result): Promise<string> {
  const file = join(outDir, 'result.json')
  await writeFile(`${file}.part`, `${JSON.stringify(result, null, 1)}\n`)
  await rename(`${file}.part`, file)
  return file
}

/** CPU and resident memory as the kernel counts them from outside, all else as only the process itself knows it. */
function mergedProcesses(outside: readonly Process[], inside: readonly Process[]): Process[] {
  const own = new Map(inside.map(process => [process.name, process]))
  const merged = outside.map(process => {
    const told = own.get(process.name)
    own.delete(process.name)
    const { name, cpuMean, cpuMax, rssMaxBytes = null } = process
    return told ? { ...told, name, cpuMean, cpuMax, rssMaxBytes } : process
  })
  return [...merged, ...own.values()]
}
