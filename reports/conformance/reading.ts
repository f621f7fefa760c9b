import type { ConformanceResult } from '../../schemas/generated/types.ts'

export type Verdict = ConformanceResult['cases'][number]['verdict']
export type RuleVerdict = ConformanceResult['rules'][number]['verdict']

const titles: Record<string, string> = {
  'chat-v2': 'Chat API Version 2',
  'chat-server': 'Chat Server',
  push: 'Push notifications',
  options: 'Options',
}

export function areaTitle(area: string): string {
  return titles[area] ?? area
}

export const verdictWords: Record<RuleVerdict, string> = {
  passed: 'Passed',
  failed: 'Failed',
  error: 'Could not be judged',
  warned: 'Warnings: recommended or observed only',
  informational: 'Information: decisions of chatgauge',
  skipped: 'Skipped',
  'known failing': 'Known to fail',
  'without a case': 'Without a case',
}

export interface AreaCounts {
  area: string
  counts: ConformanceResult['counts']
}

/** Areas in the order of their sections. */
export function areaCounts({ sections, cases }: ConformanceResult): AreaCounts[] {
  return [...new Set(sections.map(each => each.area))].map(area => {
    const counts = { passed: 0, failed: 0, error: 0, warned: 0, informational: 0, skipped: 0, 'known failing': 0 }
    for (const each of cases) if (each.area === area) counts[each.verdict] += 1
    return { area, counts }
  })
}

/** What cases were skipped for, most wanted first; a case that lacks several things counts for each of them. */
export function skipSentence({ cases, target }: Pick<ConformanceResult, 'cases' | 'target'>): string | undefined {
  const skipped = cases.filter(each => each.verdict === 'skipped')
  if (skipped.length === 0) return undefined
  const lacking = skipped.flatMap(({ needs }) => needs.filter(need => !target.capabilities.includes(need)))
  const counts = [...Map.groupBy(lacking, need => need)].map(([need, of]) => ({ need, count: of.length }))
  const wanted = counts
    .toSorted((a, b) => b.count - a.count)
    .map(({ need, count }) => `${need === 'destructive' ? 'leave to disturb others (--destructive)' : need} ${count}`)
  return `${skipped.length} skipped for what the target lacks: ${wanted.join(', ')}`
}

const shownTriedAgain = 5

/** Which cases needed another try, because the suite stood still in the one before. */
export function triedAgainSentence({ cases }: Pick<ConformanceResult, 'cases'>): string | undefined {
  const again = cases.flatMap(({ id, discarded = [] }) =>
    discarded.length === 0 ? [] : [{ id, stoodStillMs: Math.max(...discarded.map(each => each.stoodStillMs)) }],
  )
  if (again.length === 0) return undefined
  const longest = Math.max(...again.map(each => each.stoodStillMs))
  const ids = again.slice(0, shownTriedAgain).map(each => each.id)
  const more = again.length > ids.length ? `, and ${again.length - ids.length} more` : ''
  const what = again.length === 1 ? '1 case was' : `${again.length} cases were`
  return `${what} tried again because the suite itself stood still, for up to ${longest} ms: ${ids.join(', ')}${more}`
}

/** Documented, observed or decided: what a target that is not ours may be held to. */
export const basisWords = {
  D: 'documented',
  O: 'observed',
  X: 'our decision',
  DX: 'documented, its edge our decision',
  DO: 'documented, its edge observed',
} as const
