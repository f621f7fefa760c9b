import type { FailureKind, Result } from '../schemas/generated/types.ts'
import { counted, countText, elapsedText, msText } from './page/number-text.ts'

const sum = (kinds: readonly FailureKind[]) => kinds.reduce((all, { count }) => all + count, 0)

/** What an outage did to the customers' connections, from the first loss to the last return; undefined where none was lost. */
export function outageText(result: Result): string | undefined {
  const { losses = [], counters, metrics, startedAt } = result
  const lost = losses.filter(({ operation }) => operation === 'connection' || operation === 'cut')
  if (lost.length === 0) return undefined
  const seconds = (at: string) => elapsedText(Math.max(0, (Date.parse(at) - Date.parse(startedAt)) / 1000))
  const first = seconds(lost.reduce((at, each) => (each.first < at ? each.first : at), lost[0]!.first))
  const last = seconds(lost.reduce((at, each) => (each.last > at ? each.last : at), ''))
  const count = sum(lost)
  const cut = sum(lost.filter(({ operation }) => operation === 'cut'))
  const tries = sum(losses.filter(({ operation }) => operation === 'new try'))
  const back = counters.connections_resumed ?? 0
  const away = metrics.resume_latency?.all
  return [
    `${counted(count, 'connection')} ${count === 1 ? 'was' : 'were'} lost in mid-chat${cut === 0 ? '' : cut === count ? ', cut by --cut' : `, ${countText(cut)} of them cut by --cut`}, ${first === last ? `at ${first}` : `from ${first} to ${last}`}`,
    ...(tries === 0 ? [] : [`${counted(tries, 'new try', 'new tries')} failed`]),
    `${back >= count ? (count === 1 ? 'it came back' : 'all came back') : `${countText(back)} came back, ${countText(count - back)} never did`}${back === 0 ? '' : `, the last by ${elapsedText(lastBackSeconds(result))}`}`,
    ...(away === undefined || back === 0
      ? []
      : [
          `away for ${away.p50.value === null ? '' : `${msText(away.p50.value)} at the median, `}${msText(away.max)} at most`,
        ]),
  ].join('; ')
}

function lastBackSeconds({ intervals }: Result): number {
  const back = intervals.columns.connections_resumed ?? []
  return (back.findLastIndex(rate => rate !== null && rate > 0) + 1) * intervals.seconds
}
