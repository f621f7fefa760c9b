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
