import { renderComparisonHtml } from '../../../reports/comparison/html.ts'
import { sampleComparison } from '../../../reports/comparison/sample.ts'
import { renderConformanceHtml } from '../../../reports/conformance/html.ts'
import { sampleResult } from '../../../reports/conformance/sample.ts'
import { renderReport } from '../../../reports/html-report.ts'
import { renderPlanPage } from '../../../reports/planner/plan-page.ts'
import { samplePlan } from '../../../reports/planner/sample.ts'
import { readSample } from '../../../reports/samples/read-sample.ts'
import { renderSearchHtml } from '../../../reports/search/html.ts'
import { sampleSearch } from '../../../reports/search/sample.ts'

export const runNames = ['pass', 'fail', 'invalid', 'interrupted', 'comet'] as const

/** Every kind of page that the program writes, by name. */
export const pages: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(runNames.map(name => [name, () => renderReport(readSample(name))])),
  conform: () => renderConformanceHtml(sampleResult),
  search: () => renderSearchHtml(sampleSearch),
  compare: () => renderComparisonHtml(sampleComparison('worse')),
  plan: () => renderPlanPage(samplePlan(), 'chatgauge plan folder --sessions 150000'),
}
