import type { Result } from '../schemas/generated/types.ts'
import { type Case, junitCases } from './junit-cases.ts'

/** Characters that XML 1.0 does not know would make the whole file unreadable. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/(?![\t\n\r])\p{Cc}|\p{Noncharacter_Code_Point}/gu, '\ufffd')
      .replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)
      // A parser turns raw line ends in attributes into spaces.
      .replace(/\r/g, '&#13;')
  )
}
const attribute = (text: string) => xml(text).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')

function caseXml(classname: string, { name, outcome, message, details, output }: Case): string {
  const opening = `<testcase name="${attribute(name)}" classname="${attribute(classname)}" time="0"`
  if (outcome === 'passed')
    return output === undefined ? `${opening}/>` : `${opening}><system-out>${xml(output)}</system-out></testcase>`
  const type = outcome === 'skipped' ? '' : ` type="${outcome}"`
  return `${opening}><${outcome} message="${attribute(message ?? '')}"${type}>${xml(details ?? '')}</${outcome}></testcase>`
}

const countOf = (cases: readonly Case[], outcome: Case['outcome']) => cases.filter(of => of.outcome === outcome).length
const totals = (cases: readonly Case[]) =>
  `tests="${cases.length}" failures="${countOf(cases, 'failure')}" errors="${countOf(cases, 'error')}"`

/** result.json → JUnit XML: what the target broke is a failure, what we cannot judge an error. */
export function renderJunit(result: Result): string {
  const seconds = ((Date.parse(result.endedAt) - Date.parse(result.startedAt)) / 1000).toFixed(3)
  const areas = Object.entries(junitCases(result))
  const suites = areas.map(([area, cases]) => {
    const classname = `chatgauge.${result.scenario}.${area}`
    return `<testsuite name="${attribute(classname)}" ${totals(cases)} skipped="${countOf(cases, 'skipped')}" time="${seconds}" timestamp="${result.startedAt.slice(0, 19)}">
${cases.map(of => caseXml(classname, of)).join('\n')}
</testsuite>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chatgauge ${attribute(result.scenario)}" ${totals(areas.flatMap(([, cases]) => cases))} time="${seconds}">
${suites.join('\n')}
</testsuites>
`
}
