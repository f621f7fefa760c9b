import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import { plantedBounds } from './bounds.ts'
import { type Planted, plantedQuantiles } from './planted.ts'
import { percentiles } from './quantile.ts'
import { sameCount } from './rows.ts'
import { compareStamped } from './stamped-series.ts'
import type { TruthCase } from './truth-case.ts'
import type { Way } from './ways.ts'

/**
 * @param text The distribution, undefined = nothing is planted.
 * @param baseMs What a message takes on this way when nothing is planted, undefined = nobody has found out.
 */
export function plantedCase(way: Way, text: string | undefined, baseMs: () => number | undefined): TruthCase {
  const { prefix, scenario, series, fault, counted } = way
  return {
    name: `${prefix}${text ?? 'nothing planted'}`,
    scenario,
    options: text === undefined ? way.load : { ...way.load, fault: `${fault}:100%,${text}` },
    // A run that does not trust itself is not judged either.
    unfit: ({ result }) => (result.verdict.exit === 3 ? result.verdict.sentence : undefined),
    compare(run) {
      const compared = series.map(each => ({ what: each, ...compareStamped(run, each, plantedBounds) }))
      const base = baseMs()
      return {
        figures: compared.map(({ what, truth, figure }) => ({
          ...figure,
          ...(what === series[0] &&
            text !== undefined &&
            base !== undefined && { planted: plantedTexts(text, truth.corrected.length, base) }),
        })),
        checks: [
          { text: `exit ${run.result.verdict.exit}`, holds: run.result.verdict.exit === 0 },
          ...compared.flatMap(({ checks }) => checks),
          ...counted.map(({ what, stamped, measured }) => sameCount(what, stamped(run), measured(run.result))),
        ],
      }
    },
  }
}

function plantedTexts(text: string, count: number, baseMs: number): string[] {
  const planted = plantedQuantiles(parseDistribution(text) as Distribution)
  return percentiles.map(percentile => plantedText(planted(percentile, count), baseMs))
}

/** What was planted and what every message takes, with the range in which a sample of this size has it in 19 of 20 runs. */
function plantedText({ ms, lowMs, highMs }: Planted, baseMs: number): string {
  const [value, low, high] = [ms, lowMs, highMs].map(each => (each + baseMs).toFixed(1))
  return low === high ? value! : `${value} (${low} to ${high})`
}
