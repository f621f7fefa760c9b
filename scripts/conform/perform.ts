import { caseSections } from '../../conformance/cases/catalogue.ts'
import { probe, probeBayeux } from '../../conformance/probe.ts'
import { sections } from '../../conformance/rules/catalogue.ts'
import { builtFeatures } from '../../conformance/rules/not-yet.ts'
import type { Need } from '../../conformance/rules/rule.ts'
import { knownFailingList } from '../../conformance/runner/known-failing.ts'
import { type CaseResult, countVerdicts, judgeCase, judgeRules, judgeRun } from '../../conformance/runner/result.ts'
import { runSuite } from '../../conformance/runner/run-suite.ts'
import { type PlacedCase, placeCases, selectCases, UnknownWord } from '../../conformance/runner/select.ts'
import { capabilities as allCapabilities } from '../../conformance/targets/target-file.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { casesByFault } from '../faults/try-faults.ts'
import { UserError } from '../program/user-error.ts'
import { plant } from './planted-fault.ts'
import type { ConformSettings } from './settings.ts'
import { type Stacks, startStacks } from './stacks.ts'
import { mustBeUsable } from './usable-target.ts'

/** A story may hang, not the suite. On a busy machine, and where time that a story needs really passes, one takes long. */
const timeLimitMs = 90_000
/** Planted faults make stories hang. */
const faultLimitMs = 20_000
/** Cases at a time on a target that is not ours, as far as they share it. */
const foreignLanes = 8
const ownLanes = 2

export function chosenCases({ selection }: ConformSettings): PlacedCase[] {
  try {
    return selectCases(placeCases(caseSections), selection)
  } catch (error) {
    if (error instanceof UnknownWord) throw new UserError(error.message)
    throw error
  }
}

/**
 * Runs the chosen cases on the target.
 * @throws UserError before any case when the target cannot be tested.
 */
export async function performConform(
  settings: ConformSettings,
  report: { done(result: CaseResult): void; isOver(): boolean },
): Promise<ConformanceResult> {
  const wanted = chosenCases(settings)
  const { fault } = settings
  // What the fault breaks comes first, in time and in the output.
  const chosen = fault ? casesByFault(fault, wanted, settings.seed, true) : wanted
  const startedAt = new Date()
  const begun = performance.now()
  const stacks = await startStacks(settings)
  try {
    const look = settings.target.lacks?.includes('chat-v2') ? probeBayeux : probe
    await mustBeUsable(Promise.all(stacks.stacks.map(look)))
    const results = await runCases(settings, stacks, chosen, report)
    return resultOf(settings, stacks, results, {
      startedAt,
      durationMs: performance.now() - begun,
      wasInterrupted: report.isOver(),
    })
  } finally {
    await stacks.stop()
  }
}

async function runCases(
  settings: ConformSettings,
  { stacks, capabilities, died }: Stacks,
  chosen: readonly PlacedCase[],
  report: { done(result: CaseResult): void; isOver(): boolean },
): Promise<CaseResult[]> {
  const isOurs = stacks[0]!.isOurs
  const { fault } = settings
  const judging = { isOurs, knownFailing: knownFailingList(settings.knownFailing), isVerbose: settings.isVerbose }
  const results: CaseResult[] = []
  let sessions = 0
  await runSuite({
    cases: chosen,
    stacks,
    lanes: fault ? 1 : stacks[0]!.control ? ownLanes : foreignLanes,
    seed: settings.seed,
    isOrdered: fault !== undefined,
    ...(fault && { before: stack => plant(stack, fault) }),
    performance: {
      run: settings.seed.toString(36),
      nextSession: () => ++sessions,
      timeLimitMs: fault ? faultLimitMs : timeLimitMs,
      isStrict: stacks.length > 1 && fault === undefined,
    },
    skip: each => missing(each, capabilities, settings.target.lacks),
    done(each, outcome) {
      const result = judgeCase(each, outcome, judging)
      results.push(result)
      report.done(result)
    },
    isOver: () => report.isOver() || died() !== undefined,
  })
  const reason = died()
  if (reason !== undefined) throw new UserError(`${reason} after ${results.length} of ${chosen.length} cases`)
  return inOrder(results, chosen)
}

function missing(
  { area, case: { needs = [] } }: PlacedCase,
  capabilities: ReadonlySet<Need>,
  lacks: readonly string[] = [],
): string | undefined {
  if (lacks.includes(area)) return `the target has no ${area}`
  const lacking = allCapabilities.filter(need => needs.includes(need) && !capabilities.has(need))
  if (lacking.length === 0) return undefined
  return lacking.join() === 'destructive' ? 'needs --destructive' : `the target has no ${lacking.join(', no ')}`
}

function inOrder(results: readonly CaseResult[], chosen: readonly PlacedCase[]): CaseResult[] {
  const places = new Map(chosen.map((each, at) => [each.case.id as string, at]))
  return results.toSorted((a, b) => places.get(a.id)! - places.get(b.id)!)
}

function resultOf(
  settings: ConformSettings,
  { stacks, capabilities }: Stacks,
  cases: readonly CaseResult[],
  run: { startedAt: Date; durationMs: number; wasInterrupted: boolean },
): ConformanceResult {
  const [stack] = stacks
  const inScope = sections.filter(section => builtFeatures.includes(section.feature))
  const scope = inScope.map(({ area, section, rules }) => ({ area, section, rules: rules.map(rule => rule.id) }))
  const judged = judgeRules(scope, cases)
  const known = placeCases(caseSections).map(each => each.case.id)
  const ran = cases
    .filter(each => each.verdict !== 'skipped')
    .map(({ id, verdict }) => ({ id, hasFailed: verdict === 'known failing' || verdict === 'error' }))
  const problems = knownFailingList(settings.knownFailing).problems(ran, known)
  const counts = countVerdicts(cases)
  const touched = new Set(cases.filter(each => each.verdict !== 'skipped').flatMap(each => each.rules))
  const fault = settings.fault === undefined ? '' : ` with the fault ${settings.fault.text}`
  return {
    format: 1,
    tool: { name: 'chatgauge', version: packageJson.version },
    seed: settings.seed,
    startedAt: run.startedAt.toISOString(),
    durationMs: Math.round(run.durationMs),
    target: {
      name: settings.targetName,
      urls: [...stack!.urls],
      service: stack!.service,
      isReference: settings.targetName === 'reference',
      capabilities: [...capabilities],
      ...(settings.fault !== undefined && { fault: settings.fault.text }),
      absenceWindowMs: stack!.control ? 0 : stack!.absenceWindowMs,
    },
    verdict: judgeRun(counts, problems, {
      target: `${settings.targetName}${fault}`,
      seconds: (run.durationMs / 1000).toFixed(1),
      ruleCount: touched.size,
      wasInterrupted: run.wasInterrupted,
    }),
    counts,
    problems,
    sections: inScope.map(({ area, section, title }) => ({ area, section, title })),
    cases: [...cases],
    rules: judged,
  }
}
