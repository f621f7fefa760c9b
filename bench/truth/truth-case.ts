import type { TruthCheck, TruthRow } from './rows.ts'
import { type Attempt, type Lateness, unfitBecause, untilJudgeable } from './until-judgeable.ts'
import type { Victim, WatchedRun, WatchedRunSettings, WatchedScenario } from './watched-run.ts'

/** A kind of run whose truth is known. */
export interface TruthCase {
  name: string
  series: 'push_latency' | 'send_latency' | 'notification_latency' | 'resume_latency'
  scenario?: WatchedScenario
  options: Readonly<Record<string, string>>
  victim?: Victim
  /** Judges a run that can be judged. */
  compare(run: WatchedRun): { rows: TruthRow[]; checks: TruthCheck[]; planted?: string[] }
  /** Why a run says nothing, besides the empty loop. */
  unfit?(run: WatchedRun): string | undefined
}

export interface TruthOutcome {
  name: string
  series: TruthCase['series']
  rows: TruthRow[]
  checks: TruthCheck[]
  /** In the order of the rows; absent where nothing was planted. */
  planted: string[] | undefined
  loop: Lateness
  sentence: string
  /** The last attempt could not be judged either. */
  unfit: string | undefined
  verdict: 'holds' | 'broken' | 'not judged'
  run: WatchedRun
}

export type RunIn = (options: Pick<WatchedRunSettings, 'scenario' | 'options' | 'victim'>) => Promise<WatchedRun>

export async function truthOutcome(each: TruthCase, runIn: RunIn, say: (line: string) => void): Promise<TruthOutcome> {
  const { name, series, scenario, options, victim } = each
  const attempt = async (): Promise<Attempt<WatchedRun>> => {
    say(`${name}: ${options.hold} of steady load${victim ? `, ${victim} stopped for 10 s` : ''}`)
    const run = await runIn({ options, ...(scenario && { scenario }), ...(victim && { victim }) })
    return { run, unfit: unfitBecause(run.loop) ?? each.unfit?.(run) }
  }
  const { run, unfit } = await untilJudgeable(attempt, say)
  const { rows, checks, planted } = each.compare(run)
  const holds = [...rows, ...checks].every(fact => fact.holds)
  const { sentence } = run.result.verdict
  return {
    name,
    series,
    rows,
    checks,
    planted,
    loop: run.loop,
    sentence,
    unfit,
    verdict: unfit !== undefined ? 'not judged' : holds ? 'holds' : 'broken',
    run,
  }
}
