import type { FailureKind, Result } from '../schemas/generated/types.ts'
import { counted, countText, elapsedText, msText } from './page/number-text.ts'

const sum = (kinds: readonly FailureKind[]) => kinds.reduce((all, { count }) => all + count, 0)

/** What an outage did to the customers' connections, from the first loss to the last return; undefined where none was lost. */
export function outageText(result: Result): string | undefined {
  const { losses = [], startedAt } = result
  const lost = losses.filter(({ operation }) => operation === 'connection' || operation === 'cut')
  const count = sum(lost)
  if (count === 0) return undefined
  const since = (at: number) => elapsedText(Math.max(0, (at - Date.parse(startedAt)) / 1000))
  const first = since(Math.min(...lost.map(kind => Date.parse(kind.first))))
  const last = since(Math.max(...lost.map(kind => Date.parse(kind.last))))
  const when = first === last ? `at ${first}` : `from ${first} to ${last}`
  const tries = sum(losses.filter(({ operation }) => operation === 'new try'))
  return [
    `${counted(count, 'connection')} ${count === 1 ? 'was' : 'were'} lost in mid-chat${cutText(lost, count)}, ${when}`,
    tries === 0 ? '' : `${counted(tries, 'new try', 'new tries')} failed`,
    backText(result, count),
    awayText(result),
  ]
    .filter(part => part !== '')
    .join('; ')
}

function cutText(lost: readonly FailureKind[], count: number): string {
  const cut = sum(lost.filter(({ operation }) => operation === 'cut'))
  if (cut === 0) return ''
  return cut === count ? ', cut by --cut' : `, ${countText(cut)} of them cut by --cut`
}

function backText({ counters, intervals }: Result, count: number): string {
  const back = counters.connections_resumed ?? 0
  if (back === 0) return 'none came back'
  const rates = intervals.columns.connections_resumed ?? []
  const lastSeconds = (rates.findLastIndex(rate => rate !== null && rate > 0) + 1) * intervals.seconds
  const who = back >= count ? 'all came back' : `${countText(back)} came back and ${countText(count - back)} never did`
  return `${who}, the last by ${elapsedText(lastSeconds)}`
}

/** Who never came back was away for at least as long as the run went on. */
function awayText({ metrics }: Result): string {
  const { p50, max, censored = 0 } = metrics.resume_latency?.all ?? {}
  if (typeof max !== 'number') return ''
  const median = typeof p50?.value === 'number' ? `${p50.atLeast ? '≥ ' : ''}${msText(p50.value)} at the median, ` : ''
  return `away for ${median}${censored > 0 ? '≥ ' : ''}${msText(max)} at most`
}
