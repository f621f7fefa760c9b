import { crowdedBecause } from './crowded.ts'
import type { TruthCheck } from './rows.ts'
import type { TruthFigure } from './stamped-series.ts'
import { type Attempt, type Lateness, unfitBecause, untilJudgeable } from './until-judgeable.ts'
import type { Standstill, WatchedRun, WatchedRunSettings, WatchedScenario } from './watched-run.ts'

/** A kind of run whose truth is known. */
export interface TruthCase {
  name: string
  scenario?: WatchedScenario
  options: Readonly<Record<string, string>>
  standstill?: Standstill
  /** Judges a run that can be judged. */
  compare(run: WatchedRun): Compared
  /** Why a run says nothing, besides the empty loop. */
  unfit?(run: WatchedRun): string | undefined
}

interface Compared {
  figures: TruthFigure[]
  checks: TruthCheck[]
}

export interface TruthOutcome extends Compared {
  name: string
  loop: Lateness
  sentence: string
  /** The last attempt could not be judged either. */
  unfit: string | undefined
  verdict: 'holds' | 'broken' | 'not judged'
  run: WatchedRun
}

export type RunIn = (options: Pick<WatchedRunSettings, 'scenario' | 'options' | 'standstill'>) => Promise<WatchedRun>

export async function truthOutcome(each: TruthCase, runIn: RunIn, say: (line: string) => void): Promise<TruthOutcome> {
  const { name, scenario, options, standstill } = each
  const attempt = async (): Promise<Attempt<WatchedRun>> => {
    say(`${name}: ${options.hold} of steady load`)
    const run = await runIn({ options, ...(scenario && { scenario }), ...(standstill && { standstill }) })
    return { run, unfit: unfitBecause(run.loop) ?? each.unfit?.(run) ?? spoiltBecause(each.compare(run), run) }
  }
  const { run, unfit } = await untilJudgeable(attempt, say)
  const { figures, checks } = each.compare(run)
  const { sentence } = run.result.verdict
  return {
    name,
    figures,
    checks,
    loop: run.loop,
    sentence,
    unfit,
    verdict: unfit !== undefined ? 'not judged' : areRight(figures) && allHold(checks) ? 'holds' : 'broken',
    run,
  }
}

/** No machine is too busy to count, and what holds on a busy one holds. */
function spoiltBecause({ figures, checks }: Compared, run: WatchedRun): string | undefined {
  const isTimeRight = areRight(figures) && allHold(checks.filter(({ isTimed }) => isTimed))
  return allHold(checks.filter(({ isTimed }) => !isTimed)) && !isTimeRight ? crowdedBecause(run) : undefined
}

function areRight(figures: readonly TruthFigure[]): boolean {
  return figures.every(({ rows }) => allHold(rows))
}

function allHold(facts: readonly { holds: boolean }[]): boolean {
  return facts.every(({ holds }) => holds)
}
