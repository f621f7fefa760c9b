import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from '../../scripts/build.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import type { BenchCase } from '../case.ts'
import { plantedCase } from '../truth/planted-cases.ts'
import { truthSection } from '../truth/section.ts'
import { stallCases } from '../truth/stall-cases.ts'
import { type RunIn, type TruthOutcome, truthOutcome } from '../truth/truth-case.ts'
import { watchedRun } from '../truth/watched-run.ts'

const planted = ['const(50ms)', 'lognorm(20ms,200ms)', 'bimodal(5ms,300ms,10%)']

/** Known latency and known stalls, held against what a whole run says of them. */
export const benchCase: BenchCase = {
  name: 'truth',
  what: "percentiles of whole runs, against the target's own stamps of each message and against known stalls",
  bound: 'p50, p90 within max(1 %, 1 ms), p99 within max(2 %, 5 ms); stalls of 10 s within 3 %',
  async run(say) {
    const k6 = await findK6()
    await buildAll()
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-truth-'))
    let number = 0
    const runIn: RunIn = settings => watchedRun({ ...settings, k6, folder: join(folder, String(++number)) })
    const outcomes: TruthOutcome[] = []
    const baseMs = () => outcomes[0]!.rows[0]!.truthMs
    const cases = [undefined, ...planted].map(text => plantedCase(text, baseMs)).concat(stallCases)
    for (const each of cases) {
      const outcome = await truthOutcome(each, runIn, say)
      outcomes.push(outcome)
      say(`${each.name}: ${outcome.verdict}${outcome.unfit === undefined ? '' : ` (${outcome.unfit})`}`)
    }
    const count = (verdict: TruthOutcome['verdict']) => outcomes.filter(each => each.verdict === verdict).length
    const verdict = count('broken') > 0 ? 'broken' : count('not judged') > 0 ? 'not judged' : 'holds'
    if (verdict === 'broken') say(`the results are kept in ${folder}`)
    else rmSync(folder, { recursive: true })
    return {
      figure: `${count('holds')} of ${outcomes.length} cases hold${count('not judged') > 0 ? `, ${count('not judged')} could not be judged` : ''}`,
      absolute: 'in the table below',
      verdict,
      section: truthSection(outcomes),
    }
  },
}
