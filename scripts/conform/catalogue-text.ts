import { allCases } from '../../conformance/cases/catalogue.ts'
import { ruleById, rules } from '../../conformance/rules/catalogue.ts'
import { pageOf } from '../../conformance/runner/result.ts'
import { type PlacedCase, wildcard } from '../../conformance/runner/select.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'

/** `--list`: one line a case. */
export function listText(cases: readonly PlacedCase[]): string {
  const lines: string[] = []
  let place = ''
  for (const { area, section, case: each } of cases) {
    if (place !== `${area}/${section}`) lines.push(`${lines.length > 0 ? '\n' : ''}${area}/${section}`)
    place = `${area}/${section}`
    const needs = each.needs?.length ? `  [${each.needs.join(', ')}]` : ''
    lines.push(`  ${each.id}  ${each.title}${needs}`)
  }
  return [...lines, '', `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`].join('\n')
}

/** `--explain ID`: a rule with its cases, or a case with its rules. */
export function explainText(word: string): string {
  const rule = ruleById(word.toUpperCase())
  if (rule) {
    const own = allCases.filter(each => each.rules.includes(rule.id))
    return [
      `${rule.id}  ${rule.level}, ${basisText[rule.basis]}`,
      `  ${rule.statement}`,
      `  from    ${[...rule.source, ...(rule.questions ?? [])].join('; ')}`,
      `  needs   ${rule.needs.join(', ') || 'nothing but the chat API'}`,
      `  read    ${pageOf(rule.id)}`,
      `  cases   ${own.map(each => each.id).join(', ') || 'none'}`,
    ].join('\n')
  }
  const pattern = wildcard(word)
  const found = allCases.filter(each => pattern.test(each.id))
  if (found.length === 0) {
    const known = [...rules.map(each => each.id), ...allCases.map(each => each.id)]
    throw new UserError(`--explain ${word} is no rule and no case${didYouMean(word, known)}`)
  }
  return found
    .map(each =>
      [
        `${each.id}  ${each.title}`,
        `  rules   ${each.rules.join(', ')}`,
        `  needs   ${each.needs?.join(', ') ?? 'nothing but the chat API'}`,
        ...each.rules.map(id => `  ${id}  ${ruleById(id)?.statement}`),
      ].join('\n'),
    )
    .join('\n\n')
}

const basisText = {
  D: 'documented',
  O: 'observed in client code or recorded traffic',
  X: 'a decision of this project where the documentation is silent',
  DX: 'documented at its core, its edge a decision of this project',
  DO: 'documented at its core, its edge observed',
} as const
