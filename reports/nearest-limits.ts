import { nobodySpoke, nothingMarked } from '../judging/nobody-heard.ts'
import { numberText } from '../judging/number-text.ts'
import { secondsOf } from '../planning/steady-columns.ts'
import type { Result, Threshold, ValidityLimit } from '../schemas/generated/types.ts'
import { countText, msText, percentText, rateText, threeDigits } from './page/number-text.ts'
import { limitText, percentileIn, valueText } from './reading.ts'

/** Below this share of a limit nobody would call it near. */
const nearShare = 0.25

/** How much of a limit was used. */
export interface Nearness {
  name: string
  /** '10.7 ms of 500 ms' */
  said: string
  /** 1 = at the limit; Infinity = a limit of 0 that was broken. */
  share: number
  /** A threshold or the part of the target that was busy; else something of ours. */
  isTarget: boolean
}

/** 'push_latency p99', 'pushes_lost'. */
export function thresholdName(threshold: Threshold): string {
  const percentile = percentileIn(threshold)
  return percentile === undefined ? threshold.metric : `${threshold.metric} ${percentile}`
}

function usedShare({ expression, limit, value, verdict }: Threshold): number | undefined {
  if (value === null || verdict === 'not-judged' || verdict === 'inconclusive') return undefined
  const operator = /[<>=!]=*/.exec(expression)?.[0] ?? ''
  if (operator.startsWith('<') && limit > 0) return value / limit
  if (operator.startsWith('>') && value > 0) return limit / value
  return verdict === 'fail' ? Number.POSITIVE_INFINITY : undefined
}

function ofThresholds(result: Result): Nearness[] {
  return result.thresholds.flatMap(threshold => {
    const share = usedShare(threshold)
    if (share === undefined) return []
    const [value, limit] = [valueText(result, threshold), limitText(threshold)]
    const said = Number.isFinite(share) ? `${value} of ${limit}` : `${value}, limit ${limit}`
    return [{ name: thresholdName(threshold), said, share, isTarget: true }]
  })
}

/** A GMS node has one POST in flight: it is busy for rate × time of a POST. */
function ofLanes({ rates, metrics, target }: Result): Nearness[] {
  const [rate, service] = [rates.pushes_received?.achieved, metrics.push_service_time?.steady?.mean]
  if (rate === undefined || service === undefined || service === null || service === 0) return []
  const nodes = target.gmsNodes ?? 1
  const most = (nodes * 1000) / service
  const said = `${rateText(rate)} of ${threeDigits(most)}/s at ${msText(service)} a POST`
  return [
    {
      name: `push lane of ${nodes === 1 ? 'the GMS node' : `${nodes} GMS nodes`}`,
      said,
      share: rate / most,
      isTarget: true,
    },
  ]
}

/** The machine under everything of ours, and under the target where it runs beside us. */
function ofMachine(result: Result): Nearness[] {
  const { environment } = result
  const inside = secondsOf(result, 'cpu_machine')
  if (inside.length === 0) return []
  const cores = inside.reduce((sum, { value }) => sum + value, 0) / inside.length
  const said = `${threeDigits(cores)} of ${countText(environment.cpus)} cores busy`
  return [{ name: 'the machine of the test', said, share: cores / environment.cpus, isTarget: false }]
}

/** What the validity limits are held against, as one says it. */
const ownNames: Readonly<Record<string, string>> = {
  schedule_lateness: 'lateness of our schedule, p99',
  wakeup_delay: 'delay of our refreshes, p99',
  intake_delay: 'delay of our receiver, p99',
  hearing_delay: 'delay of our hearing, p99',
  clock_bound: 'agreement of our clocks',
  negative_share: 'our negative differences',
  standstill: 'our longest standstill',
  dropped_iterations: 'actions that we dropped',
  sent_share: 'actions that we sent',
  ledger: 'errors in our books',
  processes_died: 'our processes that died',
  script_errors: 'errors of our script',
}

function limitUsed({ name, limit, value, unit, ok }: ValidityLimit): Nearness[] {
  const text = (number: number) =>
    unit === 'ms' ? `${numberText(number)} ms` : unit === 'share' ? percentText(number) : countText(number)
  const isUpper = name !== 'sent_share'
  const share = value === null || limit === 0 || !isUpper ? undefined : value / limit
  if (ok && (share === undefined || unit !== 'ms')) return []
  const said = value === null ? 'not known' : `${text(value)}, limit ${text(limit)}`
  return [{ name: ownNames[name] ?? `our ${name}`, said, share: share ?? Number.POSITIVE_INFINITY, isTarget: false }]
}

/** Every limit that something was near to, the one that was used most first. */
export function nearestLimits(result: Result): Nearness[] {
  return [
    ...ofThresholds(result),
    ...ofLanes(result),
    ...ofMachine(result),
    ...result.validity.flatMap(limitUsed),
  ].toSorted((a, b) => (a.share === b.share ? 0 : b.share - a.share))
}

/** One sentence: what limited the run, or what would have been the first to. */
export function limitSentence(result: Result): string {
  const { word, reasons } = result.verdict
  const near = nearestLimits(result)
  const [nearest] = near
  if (word === 'could not run') return 'Nothing ran, so nothing reached a limit.'
  const own = reasons.find(({ kind }) => kind === 'validity')
  if (word === 'invalid' && own !== undefined) return `We ourselves, not the target: ${causeOf(own.text)}.`
  const unheard = result.thresholds.find(
    ({ verdict, text }) => verdict === 'inconclusive' && (text.includes(nobodySpoke) || text.includes(nothingMarked)),
  )
  if (word === 'invalid' && unheard !== undefined)
    return `${unheard.text.includes(nobodySpoke) ? 'The silence' : 'The texts'} of the agents: ${causeOf(unheard.text)}.`
  if (word === 'invalid') return 'The length of the run: too little was measured for a verdict.'
  if (nearest === undefined) return 'No limit was set, so none was reached.'
  const beyond = near.filter(({ share }) => share > 1).map(told)
  if (beyond.length > 0) return `Beyond ${beyond.length === 1 ? 'its limit' : 'their limits'}: ${beyond.join('; ')}.`
  const broken = reasons.find(({ kind }) => kind === 'arrived-wrong')
  const reached = nearest.share < nearShare ? 'No limit was near' : 'No limit was reached'
  const before = broken === undefined ? reached : `${reached}; a rule was broken`
  return `${before}; the nearest: ${told(nearest)} (${percentText(nearest.share)}).`
}

const told = ({ name, said }: Nearness) => `${name}, ${said}`

/** 'we were the limit: … p99 is 184 ms (limit 100 ms); k6 used 1.9 of 2 cores; more shards' → what comes after the figures. */
function causeOf(text: string): string {
  const at = text.indexOf('; ')
  return at < 0 ? text : text.slice(at + 2)
}
