import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ruleById, rules, sections } from '../../conformance/rules/catalogue.ts'
import type { Rule, RuleSection } from '../../conformance/rules/rule.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'

/** Writes the skeleton of a case into the file of its section. @returns that file, from the root. */
export function addCase(root: string, ruleId: string, slug: string): string {
  const rule = knownRule(ruleId)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new UserError(`${slug}: the slug is small letters, digits and dashes`)
  const { area, section } = sectionOf(rule)
  const file = `conformance/cases/${area}/${section}.ts`
  const text = readFileSync(join(root, file), 'utf8')
  if (text.includes(`'${rule.id}/${slug}'`)) throw new UserError(`${file} has a case ${rule.id}/${slug} already`)
  writeFileSync(join(root, file), insertedAtEnd(text, skeleton(rule, slug), file))
  takeFromList(join(root, `conformance/cases/${area}/without-case.ts`), rule.id)
  return file
}

export function knownRule(id: string): Rule {
  const rule = ruleById(id.toUpperCase())
  if (rule) return rule
  throw new UserError(
    `there is no rule ${id}${didYouMean(
      id,
      rules.map(each => each.id),
    )}, see docs/rules`,
  )
}

export function sectionOf(rule: Rule): RuleSection {
  return sections.find(section => section.rules.includes(rule))!
}

/** Before the end of the one list in the file. */
export function insertedAtEnd(text: string, entry: string, file: string): string {
  const end = text.lastIndexOf('])')
  if (end < 0) throw new UserError(`${file} does not end with a list of entries`)
  const before = text.slice(0, end).replace(/,?\s*$/, match => (text[end - match.length - 1] === '[' ? '' : ','))
  return `${before}\n${entry}${text.slice(end)}`
}

/** What the statement needs by the catalogue; the story may need less. */
function skeleton({ id, statement, needs }: Rule, slug: string): string {
  const actors = [
    'customer',
    ...(needs.includes('agent') ? ['agent'] : []),
    ...(needs.includes('push sink') ? ['sink'] : []),
    ...(needs.includes('time control') ? ['clock'] : []),
    ...(needs.includes('configuration') || needs.includes('server control') ? ['server'] : []),
    'must',
  ]
  const needsLine = needs.length > 0 ? `\n    needs: [${needs.map(need => `'${need}'`).join(', ')}],` : ''
  return `  {
    id: '${id}/${slug}',
    // ${statement}
    title: 'TODO what is tried, as a fact',
    rules: ['${id}'],${needsLine}
    async run({ ${actors.join(', ')} }) {
      await customer.requestChat()
      must.ok(await customer.refresh())
    },
  },
`
}

export function takeFromList(file: string, id: string): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(new RegExp(`(\\s)${id}\\b ?`), '$1').replace(/\n {4,}\n/g, '\n'))
}
