import type { Result } from '../schemas/generated/types.ts'
import { junitCases } from './junit-cases.ts'
import { attribute, caseXml, countOf, totals } from './junit-xml.ts'

/** result.json → JUnit XML: what the target broke is a failure, what we cannot judge an error. */
export function renderJunit(result: Result): string {
  const seconds = ((Date.parse(result.endedAt) - Date.parse(result.startedAt)) / 1000).toFixed(3)
  const areas = Object.entries(junitCases(result))
  const suites = areas.map(([area, cases]) => {
    const classname = `chatgauge.${result.scenario}.${area}`
    return `<testsuite name="${attribute(classname)}" ${totals(cases)} skipped="${countOf(cases, 'skipped')}" time="${seconds}">
<properties><property name="startedAt" value="${attribute(result.startedAt)}"/></properties>
${cases.map(of => caseXml(classname, of)).join('\n')}
</testsuite>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chatgauge ${attribute(result.scenario)}" ${totals(areas.flatMap(([, cases]) => cases))} time="${seconds}">
${suites.join('\n')}
</testsuites>
`
}
