import type { ConformanceResult } from '../../schemas/generated/types.ts'
import type { Case } from '../junit-cases.ts'
import { attribute, caseXml, totals } from '../junit-xml.ts'
import { type CaseResult, caseDetails } from './case-text.ts'

/**
 * A conformance result as JUnit XML: one suite a section, its name also in `classname`, because readers group by that and
 * drop properties. Each suite is what Surefire's schema takes, which has no timestamp. What cannot fail on this target is
 * passed with a note.
 */
export function renderConformanceJunit(result: ConformanceResult): string {
  const { sections, cases, durationMs, startedAt } = result
  const suites = sections.flatMap(({ area, section }) => {
    const own = cases.filter(each => each.area === area && each.section === section)
    if (own.length === 0) return []
    const seconds = own.reduce((sum, each) => sum + each.durationMs, 0) / 1000
    return [{ classname: `chatgauge.conform.${area}.${section}`, seconds, cases: own.map(junitCase) }]
  })
  const problems = result.problems.map(
    (message, at): Case => ({
      name: `known failing list, problem ${at + 1}`,
      outcome: 'failure',
      message,
      details: message,
    }),
  )
  if (problems.length > 0) suites.push({ classname: 'chatgauge.conform.known-failing', seconds: 0, cases: problems })
  const all = suites.flatMap(suite => suite.cases)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chatgauge conform ${attribute(result.target.name)}" ${totals(all)} time="${(durationMs / 1000).toFixed(3)}">
${suites
  .map(
    ({ classname, seconds, cases: own }) =>
      `<testsuite name="${classname}" ${totals(own)} skipped="${own.filter(each => each.outcome === 'skipped').length}" time="${seconds.toFixed(3)}">
<properties><property name="startedAt" value="${startedAt}"/></properties>
${own.map(each => caseXml(classname, each)).join('\n')}
</testsuite>`,
  )
  .join('\n')}
</testsuites>
`
}

function junitCase(result: CaseResult): Case {
  const { id, title, verdict, reason, durationMs, findings } = result
  const named = { name: `${id} ${title}`, seconds: durationMs / 1000 }
  const [first] = findings
  const message =
    first === undefined
      ? (reason ?? verdict)
      : `${first.rule}: ${first.what}: expected ${first.expected}, found ${first.found}`
  const details = caseDetails(result, false).join('\n')
  switch (verdict) {
    case 'passed':
      return { ...named, outcome: 'passed', ...(details !== '' && { output: details }) }
    case 'warned':
    case 'informational':
      return { ...named, outcome: 'passed', output: `${verdict}, no failure on this target: ${message}\n${details}` }
    case 'skipped':
      return { ...named, outcome: 'skipped', message: reason ?? '' }
    case 'known failing':
      return { ...named, outcome: 'skipped', message: `known failing: ${reason ?? ''}` }
    case 'error':
      return { ...named, outcome: 'error', message, details }
    case 'failed':
      return { ...named, outcome: 'failure', message, details, type: first?.rule ?? 'failure' }
  }
}
