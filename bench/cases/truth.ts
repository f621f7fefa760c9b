import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from '../../scripts/build.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import type { BenchCase } from '../case.ts'
import { cometStallCases } from '../truth/comet-stall-cases.ts'
import { plantedCase } from '../truth/planted-cases.ts'
import { resumeCase } from '../truth/resume-case.ts'
import { truthSection } from '../truth/section.ts'
import { stallCases } from '../truth/stall-cases.ts'
import { type RunIn, type TruthCase, type TruthOutcome, truthOutcome } from '../truth/truth-case.ts'
import { watchedRun } from '../truth/watched-run.ts'
import { heardOver, pushed, pushedAndHeard, type Way } from '../truth/ways.ts'

const ways: readonly { way: Way; planted: readonly string[] }[] = [
  { way: pushed, planted: ['const(50ms)', 'lognorm(20ms,200ms)', 'bimodal(5ms,300ms,10%)'] },
  { way: heardOver('websocket'), planted: ['const(50ms)', 'lognorm(20ms,200ms)'] },
  { way: heardOver('long-polling'), planted: ['const(50ms)'] },
]

/** Known latency and known stalls, held against what a whole run says of them. */
export const benchCase: BenchCase = {
  name: 'truth',
  what: "percentiles of whole runs, against the target's own stamps of each message and against known stalls",
  bound:
    'p50, p90 within max(1 %, 1 ms), p99 within max(2 %, 5 ms); stalls of 10 s within 3 %, of 0.8 s p99 within max(3 %, 25 ms)',
  parts: casesOf([]).map(({ name }) => name),
  async run(say, parts) {
    const outcomes: TruthOutcome[] = []
    const cases = casesOf(outcomes).filter(({ name }) => parts?.includes(name) ?? true)
    const k6 = await findK6()
    await buildAll()
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-truth-'))
    let number = 0
    const runIn: RunIn = settings => watchedRun({ ...settings, k6, folder: join(folder, String(++number)) })
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

/** @param outcomes of those that have run; what a message takes without anything planted is found there. */
function casesOf(outcomes: readonly TruthOutcome[]): TruthCase[] {
  const baseOf = (way: Way) => plantedCase(way, undefined, () => undefined)
  const baseMs = (base: TruthCase) => () =>
    outcomes.find(({ name }) => name === base.name)?.figures[0]?.rows[0]?.truthMs
  const planted = ways.flatMap(({ way, planted }) => {
    const base = baseOf(way)
    return [base, ...planted.map(text => plantedCase(way, text, baseMs(base)))]
  })
  // What a push takes does not depend on what its customer hears besides.
  const both = plantedCase(pushedAndHeard, 'const(50ms)', baseMs(baseOf(pushed)))
  return [...planted, both, resumeCase, ...stallCases, ...cometStallCases]
}
