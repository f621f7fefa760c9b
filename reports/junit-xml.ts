import type { Case } from './junit-cases.ts'

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
export const attribute = (text: string) => xml(text).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')

export function caseXml(
  classname: string,
  { name, outcome, message, details, output, seconds, type: kind }: Case,
): string {
  const opening = `<testcase name="${attribute(name)}" classname="${attribute(classname)}" time="${seconds === undefined ? '0' : seconds.toFixed(3)}"`
  if (outcome === 'passed')
    return output === undefined ? `${opening}/>` : `${opening}><system-out>${xml(output)}</system-out></testcase>`
  const type = outcome === 'skipped' ? '' : ` type="${attribute(kind ?? outcome)}"`
  return `${opening}><${outcome} message="${attribute(message ?? '')}"${type}>${xml(details ?? '')}</${outcome}></testcase>`
}

export const countOf = (cases: readonly Case[], outcome: Case['outcome']) =>
  cases.filter(of => of.outcome === outcome).length
/** Attributes of a suite. */
export const totals = (cases: readonly Case[]) =>
  `tests="${cases.length}" failures="${countOf(cases, 'failure')}" errors="${countOf(cases, 'error')}"`
