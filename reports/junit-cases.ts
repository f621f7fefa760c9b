import type { Result } from '../schemas/generated/types.ts'
import { deliveryOf } from './delivery.ts'
import { heardBeside } from './heard-beside.ts'
import { counted, countText } from './page/number-text.ts'
import { isUntrusted } from './reading.ts'

export interface Case {
  /** Requirement id included: readers of JUnit drop properties. */
  name: string
  outcome: 'passed' | 'failure' | 'error' | 'skipped'
  message?: string
  details?: string
  output?: string
  seconds?: number
  /** Of a failure or an error; default its outcome. */
  type?: string
}
export type Area = 'thresholds' | 'validity' | 'rules' | 'ledger'
type Reason = Result['verdict']['reasons'][number]

/** Reasons of the verdict that no other case of the area tells: each must be seen in CI. */
function untold(
  reasons: readonly Reason[],
  kind: Reason['kind'],
  told: ReadonlySet<string>,
  outcome: 'failure' | 'error',
): Case[] {
  return reasons
    .filter(reason => reason.kind === kind && (reason.code === undefined || !told.has(reason.code)))
    .map(({ code, text }, i) => ({ name: code ?? `${kind} ${i + 1}`, outcome, message: text }))
}

function thresholdCases(result: Result): Case[] {
  const { thresholds, verdict } = result
  const outcomes = { pass: 'passed', fail: 'failure', inconclusive: 'error', 'not-judged': 'skipped' } as const
  const cases = thresholds.map(
    ({ metric, expression, verdict: of, text }): Case => ({
      name: `${metric} ${expression}`,
      // Nothing that is missing or slow in an untrustworthy run is the target's failure.
      outcome: of === 'fail' && isUntrusted(result) ? 'error' : outcomes[of],
      ...(of === 'pass' ? {} : { message: text }),
    }),
  )
  const told = new Set(thresholds.filter(({ verdict: of }) => of === 'fail').map(({ metric }) => metric))
  return [...cases, ...untold(verdict.reasons, 'threshold', told, 'failure'), ...regressionCases(result)]
}

/** What `--max-regression` allows, or what is worse than the baseline where it allows nothing in particular. */
function regressionCases({ comparison, verdict }: Result): Case[] {
  const outcomes = { pass: 'passed', fail: 'failure', inconclusive: 'error' } as const
  const regressions = comparison?.regressions ?? []
  const cases = regressions.map(
    ({ limit, verdict: of, text }): Case => ({
      name: `${limit} against the baseline`,
      outcome: outcomes[of],
      ...(of === 'pass' ? {} : { message: text }),
    }),
  )
  const told = new Set(regressions.map(({ metric }) => metric))
  return [...cases, ...untold(verdict.reasons, 'regression', told, 'failure')]
}

function validityCases({ validity, verdict }: Result): Case[] {
  const cases = validity.map(
    ({ name, ok, text }): Case => (ok ? { name, outcome: 'passed' } : { name, outcome: 'error', message: text }),
  )
  const told = new Set(validity.filter(({ ok }) => !ok).map(({ name }) => name))
  const ended = verdict.reasons.filter(({ kind }) => ['could-not-run', 'interrupted', 'inconclusive'].includes(kind))
  const complete: Case = { name: 'the run is complete and conclusive', outcome: 'passed' }
  return [
    ended.length === 0
      ? complete
      : { ...complete, outcome: 'error', message: ended.map(({ text }) => text).join('; ') },
    ...cases,
    ...untold(verdict.reasons, 'validity', told, 'error'),
  ]
}

function ruleCases({ violations, coverage, verdict }: Result): Case[] {
  const broken = violations.byRule.map(({ rule, count, what, judged, example }): Case => {
    const message = `${counted(count, 'time')}: ${what}`
    const details =
      example === undefined
        ? ''
        : Object.entries(example)
            .map(([key, value]) => `${key}: ${value}`)
            .join('\n')
    return judged
      ? { name: rule, outcome: 'failure', message, details }
      : { name: rule, outcome: 'passed', output: `for information, not judged: ${message}\n${details}` }
  })
  const told = new Set(violations.byRule.map(({ rule }) => rule))
  const kept = coverage.rulesChecked
    .filter(rule => !told.has(rule))
    .map((rule): Case => ({ name: rule, outcome: 'passed' }))
  const judged = new Set(violations.byRule.filter(rule => rule.judged).map(({ rule }) => rule))
  return [...broken, ...kept, ...untold(verdict.reasons, 'arrived-wrong', judged, 'failure')]
}

function ledgerCases(result: Result): Case[] {
  const heard = heardBeside(result)
  return [...bookCases(result, 'the ledger'), ...(heard ? bookCases(heard, 'the ledger of notifications') : [])]
}

function bookCases(result: Result, book: string): Case[] {
  const { ledger } = result
  const { name, names } = deliveryOf(result)
  const balance: Case = ledger.balanced
    ? { name: `${book} balances`, outcome: 'passed' }
    : {
        name: `${book} balances`,
        outcome: 'error',
        message: ledger.imbalances[0] ?? 'the counts do not agree',
        details: ledger.imbalances.join('\n'),
      }
  const open: Case =
    ledger.open === 0
      ? { name: `no ${name} is still open`, outcome: 'passed' }
      : {
          name: `no ${name} is still open`,
          outcome: 'error',
          message: `${countText(ledger.open)} ${names} were still open at the end`,
        }
  return [balance, open]
}

/** Readers tell cases apart by name and class: a second case of a name is numbered. */
function named(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>()
  return cases.map(of => {
    const times = (seen.get(of.name) ?? 0) + 1
    seen.set(of.name, times)
    return times === 1 ? of : { ...of, name: `${of.name} (${times})` }
  })
}

/** What a run is held to, as cases; nothing that the verdict names is missing. */
export function junitCases(result: Result): Record<Area, Case[]> {
  return {
    thresholds: named(thresholdCases(result)),
    validity: named(validityCases(result)),
    rules: named(ruleCases(result)),
    ledger: named(ledgerCases(result)),
  }
}
