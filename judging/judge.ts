import type { FailureKind, Ledger, RuleCount, Threshold, ValidityLimit } from '../schemas/generated/types.ts'
import { withNobodyBegun } from './nobody-began.ts'
import { withUntimedHearing } from './nobody-heard.ts'
import type { OwnLoad } from './own-load.ts'
import { withSilencingOption } from './silenced-pushes.ts'
import { notSteady, type SteadyCourse } from './steadiness.ts'
import { thresholdsInForce, tightestLatencyLimit } from './threshold.ts'
import { evaluateThreshold, type Measured } from './threshold-evaluation.ts'
import { type OwnShare, usualLimitMs, validityLimits } from './validity.ts'
import { isJudged, judgeRun, type RegressionFinding, type Verdict } from './verdict.ts'

/** What a run found out, before anybody judges it. */
export interface RunFindings {
  scenario: string
  measured: Omit<Measured, 'isTimeScaled'>
  own: Omit<OwnShare, 'died' | 'load' | 'unwritten'>
  rules: readonly Omit<RuleCount, 'judged'>[]
  ledger: Ledger
  sessions: number
  /** What failed, by kind: for the words of the reasons. */
  detail?: { failures?: FailureKind[]; losses?: FailureKind[] }
  pushes: number
  /** The second book of a run whose customers are pushed and hear over CometD as well; `ledger` is then about pushes. */
  heard?: { ledger: Ledger; notifications: number }
  interrupted?: string
  /** Rules that cannot be judged in this run: their checks trust in clocks that were set. */
  doubtfulRules?: readonly string[]
  /** Of a phase that is long enough to be judged for steadiness. */
  courses?: readonly SteadyCourse[]
}

export interface JudgeSettings {
  /** As given with `--threshold`. */
  thresholds: readonly string[]
  /** false = --push off. */
  hasPushes: boolean
  /** Customers hear over CometD; default false. */
  hasNotifications?: boolean
  isReference: boolean
  timeScale: number
  basisOf(rule: string): string | undefined
  /** Our own processes that died, one sentence each. */
  died?: readonly string[]
  load?: OwnLoad
  /** Files of the result folder that could not be written, one sentence each. */
  unwritten?: readonly string[]
  /** The target went away in mid-run. */
  targetDied?: string
  couldNotRun?: string
  /** From the comparison with a baseline. */
  regressions?: readonly RegressionFinding[]
  /** The validity limits of the parts of a merged result come in here. */
  withParts?(limits: readonly ValidityLimit[]): ValidityLimit[]
}

export interface Judgement {
  verdict: Verdict
  thresholds: Threshold[]
  validity: ValidityLimit[]
  rules: RuleCount[]
}

export function judge(findings: RunFindings, settings: JudgeSettings): Judgement {
  const inForce = thresholdsInForce(settings.thresholds, settings.hasPushes, settings.hasNotifications)
  const isTimeScaled = settings.timeScale !== 1
  const { ledger, heard } = findings
  const evaluated = inForce.map(rule => evaluateThreshold(rule, { ...findings.measured, isTimeScaled }))
  const told = settings.isReference ? evaluated : withSilencingOption(evaluated, ledger, heard?.ledger)
  const { hasPushes, hasNotifications = false } = settings
  const { measured } = findings
  const hearing = {
    notifications: heard?.notifications ?? findings.pushes,
    sent: measured.count('messages_sent'),
    isTimed: measured.latency('notification_latency', 'all') !== undefined,
  }
  const { failures = [], losses = [] } = findings.detail ?? {}
  const explained = withNobodyBegun(told, { sessions: findings.sessions, failures, losses })
  const thresholds = hasNotifications ? withUntimedHearing(explained, hearing) : explained
  const { died = [], unwritten = [], load } = settings
  const own = { ...findings.own, died, unwritten, load }
  const tightestLimitMs = tightestLatencyLimit(inForce) ?? usualLimitMs
  const limits = validityLimits({ ...own, hasPushes, hasNotifications }, tightestLimitMs)
  const validity = settings.withParts?.(limits) ?? limits
  const rules = findings.rules.map(rule => ({
    ...rule,
    judged: isJudged(rule.rule, settings.isReference, settings.basisOf) && !findings.doubtfulRules?.includes(rule.rule),
  }))
  const { couldNotRun, targetDied, regressions } = settings
  const { interrupted, courses = [] } = findings
  // A latency, too: on a faster clock it is a figure to look at.
  const unsteady = isTimeScaled ? undefined : notSteady(courses, tightestLimitMs)
  const verdict = judgeRun({
    scenario: findings.scenario,
    rules,
    validity,
    thresholds,
    open: ledger.open,
    ...(heard && { openNotifications: heard.ledger.open }),
    numbers: {
      sessions: findings.sessions,
      pushes: findings.pushes,
      isHeard: settings.hasNotifications === true && !heard,
      lost: ledger.lost,
      ...(heard && { alsoHeard: { notifications: heard.notifications, lost: heard.ledger.lost } }),
      noted: rules.reduce((sum, { judged, count }) => (judged ? sum : sum + count), 0),
    },
    ...(couldNotRun !== undefined && { couldNotRun }),
    ...(interrupted !== undefined && { interrupted }),
    ...(targetDied !== undefined && { targetDied }),
    ...(regressions && { regressions }),
    ...(unsteady !== undefined && { notSteady: unsteady }),
  })
  return { verdict, thresholds, validity, rules }
}
