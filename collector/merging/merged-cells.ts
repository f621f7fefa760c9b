import { phases } from '../../protocol/instants.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { getOrMake } from '../get-or-make.ts'
import type { LatencyCells } from '../histograms.ts'
import { addCell, decodedCell, emptyCell } from '../latency-cell.ts'

/** The histograms of all parts, added by series and phase. */
export function mergedCellsOf(results: readonly Result[]): LatencyCells {
  const cells: LatencyCells = new Map()
  for (const { metrics } of results)
    for (const [series, rows] of Object.entries(metrics))
      for (const phase of phases) {
        const cell = rows[phase] && decodedCell(rows[phase])
        if (!cell) continue
        const byPhase = getOrMake(cells, series, () => new Map())
        addCell(getOrMake(byPhase, phase, emptyCell), cell)
      }
  return cells
}
