import { type PerformedCase, performCase } from '../../conformance/runner/perform-case.ts'
import type { PlacedCase } from '../../conformance/runner/select.ts'
import type { Stack } from '../../conformance/stack.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { FaultDefinition } from '../../reference-server/faults/fault.ts'
import type { FaultRow } from './matrix.ts'

export interface FaultTrial {
  faults: readonly FaultDefinition[]
  cases: readonly PlacedCase[]
  stacks: readonly Stack[]
  seed: number
  /** Also cases that cite none of its rules, when those that do have not caught it. */
  isThorough: boolean
  done(row: FaultRow): void
}

const timeLimitMs = 20_000

/** Plants each fault alone on one of the stacks and runs cases until one has caught it. */
export async function tryFaults(trial: FaultTrial): Promise<FaultRow[]> {
  const queue = [...trial.faults]
  const rows: FaultRow[] = []
  let sessions = 0
  const run = trial.seed.toString(36)
  const performance = { run, nextSession: () => ++sessions, timeLimitMs, isStrict: false }
  await Promise.all(
    trial.stacks.map(async stack => {
      for (let fault = queue.shift(); fault; fault = queue.shift()) {
        const row = await tryFault(fault, stack, trial, each => performCase(each.case, stack, performance)).catch(
          (error: Error) => lostRow(fault!, error),
        )
        rows.push(row)
        trial.done(row)
      }
    }),
  )
  return rows
}

/** The control port did not answer any more: nobody has named a rule. */
function lostRow({ name, does, rules }: FaultDefinition, error: Error): FaultRow {
  return { fault: name, does, rules, caughtBy: [], alsoFailed: [{ case: error.message, rule: '' }], casesRun: 0 }
}

async function tryFault(
  fault: FaultDefinition,
  stack: Stack,
  { cases, seed, isThorough }: FaultTrial,
  perform: (each: PlacedCase) => Promise<PerformedCase>,
): Promise<FaultRow> {
  const { name, does, rules } = fault
  const caughtBy: { case: string; rule: string }[] = []
  const alsoFailed: { case: string; rule: string }[] = []
  let casesRun = 0
  for (const each of casesByFault(fault, cases, seed, isThorough)) {
    // Anew for each case: a fault that touches only the first message must touch the first of this case.
    await stack.control!.call('PUT', '/faults/planted', { fault: fault.inConformance })
    const { verdict, broken } = await perform(each)
    casesRun += 1
    if (verdict === 'passed') continue
    const rule = broken[0]?.rule ?? ''
    const isCatch = rules.includes(rule) && each.case.rules.some(cited => rules.includes(cited))
    ;(isCatch ? caughtBy : alsoFailed).push({ case: each.case.id, rule })
    if (isCatch) break
  }
  await stack.control!.call('DELETE', '/faults/planted')
  await stack.control!.settle(2_000)
  return { fault: name, does, rules, caughtBy, alsoFailed, casesRun }
}

/** Cases about one of its rules, then those that cite one, then, where wanted, all others by chance. */
export function casesByFault(
  { rules }: Pick<FaultDefinition, 'rules'>,
  cases: readonly PlacedCase[],
  seed: number,
  isThorough: boolean,
): PlacedCase[] {
  const about = (each: PlacedCase) => rules.includes(each.case.rules[0])
  const citing = cases.filter(each => each.case.rules.some(rule => rules.includes(rule)))
  const first = [...citing.filter(about), ...citing.filter(each => !about(each))]
  if (!isThorough) return first
  const uniform = seededUniform(seed, 'other cases')
  const others = cases.filter(each => !citing.includes(each)).map(each => ({ each, key: uniform() }))
  return [...first, ...others.toSorted((a, b) => a.key - b.key).map(({ each }) => each)]
}
