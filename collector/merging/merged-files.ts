import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { phases } from '../../protocol/instants.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { openHistogramLog } from '../histogram-log.ts'
import type { LatencyCells } from '../histograms.ts'
import { keptPerRule } from '../violations.ts'

/**
 * One histogram per series and phase. The intervals of each second stay with the parts: those of 64 generators would be a
 * gigabyte, and their tags say nothing that the phases do not.
 */
export async function writeMergedLog(
  file: string,
  { startedAt, phases: rows }: Result,
  cells: LatencyCells,
): Promise<void> {
  let failed: Error | undefined
  const startedMs = Date.parse(startedAt)
  const log = openHistogramLog(file, startedMs, error => {
    failed = error
  })
  for (const phase of phases) {
    const row = rows.find(({ name }) => name === phase)
    const fromMs = row ? Date.parse(row.start) : startedMs
    for (const [series, byPhase] of cells) {
      const cell = byPhase.get(phase)
      if (cell) log.write(`${series};${phase}`, fromMs, fromMs + 1000 * (row?.seconds ?? 0), cell.histogram)
    }
  }
  await log.close()
  if (failed) throw failed
}

/** By time; of each rule no more lines than one run keeps. */
export function mergeViolations(files: readonly string[], target: string): void {
  const lines = files
    .filter(file => existsSync(file))
    .flatMap(file => readFileSync(file, 'utf8').split('\n'))
    .filter(line => line !== '')
    .map(line => ({ line, ...(JSON.parse(line) as { at: string; rule: string }) }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
  const written = new Map<string, number>()
  const kept = lines.filter(({ rule }) => {
    written.set(rule, (written.get(rule) ?? 0) + 1)
    return written.get(rule)! <= keptPerRule
  })
  writeFileSync(target, kept.map(({ line }) => `${line}\n`).join(''))
}
