import type { Reason, Result, RuleCount, Threshold, ValidityLimit } from '../schemas/generated/types.ts'
import { numberText, timesText } from './number-text.ts'

export type Verdict = Result['verdict']

export interface Findings {
  scenario: string
  couldNotRun?: string
  interrupted?: string
  /** Broken rules; `judged` false = information or warning on a target that is not ours. */
  rules: readonly RuleCount[]
  validity: readonly ValidityLimit[]
  thresholds: readonly Threshold[]
  /** What is shown to be worse than the baseline, and what should have been told and cannot be. */
  regressions?: readonly RegressionFinding[]
  /** The target went away in mid-run. */
  targetDied?: string
  open: number
  /** Notifications, where `open` is about pushes. */
  openNotifications?: number
  /** Why the steady phase was not steady; judged from 60 s on. */
  notSteady?: string
  numbers: Numbers
}

export interface RegressionFinding {
  verdict: 'fail' | 'inconclusive'
  /** The metric. */
  code?: string
  text: string
}

/** What the sentence of a run that passed tells. */
export interface Numbers {
  sessions: number
  pushes: number
  /** They are notifications that customers heard over CometD. */
  isHeard?: boolean
  lost: number
  /** What customers that are pushed have heard over CometD as well. */
  alsoHeard?: { notifications: number; lost: number }
  /** Broken rules that are not judged. */
  noted: number
}

const verdictWords = { 0: 'pass', 1: 'fail', 2: 'could not run', 3: 'invalid', 130: 'interrupted' } as const

/**
 * The first match of the table wins: what arrived wrong fails even in a weak run, what is missing or slow fails only in
 * a valid one. All reasons are kept, in that order.
 */
export function judgeRun(findings: Findings): Verdict {
  const reasons = reasonsOf(findings)
  const first = reasons[0]
  const exit = first?.exit ?? 0
  const sentence = `${findings.scenario}: ${first ? first.text : passText(findings)}`
  return { exit, word: verdictWords[exit], sentence, reasons }
}

function reasonsOf(findings: Findings): Reason[] {
  const {
    couldNotRun,
    interrupted,
    rules,
    validity,
    thresholds,
    targetDied,
    open,
    openNotifications = 0,
    notSteady,
    regressions = [],
  } = findings
  return [
    ...(couldNotRun ? [reason(2, 'could-not-run', couldNotRun)] : []),
    ...(interrupted ? [reason(130, 'interrupted', interrupted)] : []),
    ...rules
      .filter(({ judged, count }) => judged && count > 0)
      .map(rule => reason(1, 'arrived-wrong', ruleText(rule), rule.rule, rule.count)),
    ...validity.filter(({ ok }) => !ok).map(({ name, text }) => reason(3, 'validity', text, name)),
    ...(targetDied ? [reason(1, 'threshold', targetDied)] : []),
    ...thresholds
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ metric, text }) => reason(1, 'threshold', text, metric)),
    ...regressions
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ code, text }) => reason(1, 'regression', text, code)),
    ...(open > 0 ? [openReason(open, findings.numbers.isHeard === true)] : []),
    ...(openNotifications > 0 ? [openReason(openNotifications, true)] : []),
    ...thresholds
      .filter(({ verdict }) => verdict === 'inconclusive')
      .map(({ metric, text }) => reason(3, 'inconclusive', text, metric)),
    ...(notSteady ? [reason(3, 'inconclusive', notSteady)] : []),
    ...regressions
      .filter(({ verdict }) => verdict === 'inconclusive')
      .map(({ code, text }) => reason(3, 'inconclusive', text, code)),
  ]
}

function reason(exit: Reason['exit'], kind: Reason['kind'], text: string, code?: string, count?: number): Reason {
  return { exit, kind, text, ...(code === undefined ? {} : { code }), ...(count === undefined ? {} : { count }) }
}

function openReason(open: number, isHeard: boolean): Reason {
  return reason(3, 'inconclusive', openText(open, isHeard), isHeard ? 'notifications_open' : 'pushes_open', open)
}

function openText(open: number, isHeard: boolean): string {
  const [one, many] = isHeard ? ['notification', 'notifications'] : ['push', 'pushes']
  const pushes = open === 1 ? `${one} was` : `${many} were`
  return `${numberText(open)} ${pushes} still open when the run ended: ${open === 1 ? 'it' : 'they'} may yet have come`
}

function ruleText({ rule, count, what, example }: RuleCount): string {
  const where = example?.session ? ` (session ${example.session})` : ''
  return `${rule} was broken ${timesText(count)}: ${what}${where}`
}

function passText({ numbers, thresholds, rules }: Findings): string {
  const { alsoHeard } = numbers
  const violations = rules.reduce((sum, { judged, count }) => (judged ? sum + count : sum), 0)
  return [
    `${numberText(numbers.sessions)} sessions`,
    ...toldText(numbers.isHeard ? 'notification' : 'push', numbers.pushes, numbers.lost, thresholds),
    ...(alsoHeard ? toldText('notification', alsoHeard.notifications, alsoHeard.lost, thresholds) : []),
    `${numberText(violations)} violations`,
    ...(numbers.noted > 0 ? [`${numberText(numbers.noted)} notes on a target that is not ours`] : []),
  ].join(', ')
}

function toldText(
  thing: 'push' | 'notification',
  count: number,
  lost: number,
  thresholds: readonly Threshold[],
): string[] {
  const latency = thresholds.find(({ metric }) => metric === `${thing}_latency`)
  return [
    `${numberText(count)} ${thing === 'push' ? 'pushes' : 'notifications'}`,
    ...(latency && latency.value !== null ? [latencyText(latency, latency.value)] : []),
    `${numberText(lost)} lost`,
  ]
}

function latencyText({ expression, limit, verdict }: Threshold, value: number): string {
  const statistic = expression.replace(/^\{[^}]*\}\s*/, '').replace(/\s*[<>=!].*$/, '')
  const name = statistic.replace(/^p\(\s*([\d.]+)\s*\)$/, 'p$1')
  return `${name} ${numberText(value)} ms (${verdict === 'not-judged' ? 'not judged' : `limit ${numberText(limit)} ms`})`
}

/** Rules of basis X are information and of basis O a warning where the target is not ours (the rule catalogue). */
export function isJudged(rule: string, isReference: boolean, basisOf: (rule: string) => string | undefined): boolean {
  if (isReference) return true
  const basis = basisOf(rule)
  return basis !== 'X' && basis !== 'O'
}
