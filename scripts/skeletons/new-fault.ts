import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faults } from '../../reference-server/faults/registry.ts'
import { UserError } from '../program/user-error.ts'
import { insertedAtEnd, knownRule, sectionOf, takeFromList } from './new-case.ts'

/** Writes the skeleton of a fault into the file of its rule's section. @returns that file, from the root. */
export function addFault(root: string, name: string, ruleIds: readonly string[]): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new UserError(`${name}: a name is small letters, digits and dashes`)
  if (faults.some(each => each.name === name)) throw new UserError(`there is a fault ${name} already`)
  const rules = ruleIds.map(knownRule)
  const { area, section } = sectionOf(rules[0]!)
  const file = `reference-server/faults/${area}/${section}.ts`
  const entry = `  {
    name: '${name}',
    // ${rules[0]!.statement}
    rules: [${rules.map(rule => `'${rule.id}'`).join(', ')}],
    does: 'TODO what is wrong, one sentence.',
    looksLike: 'TODO how a product comes to that, one sentence.',
    gate: () => ({}),
  },
`
  writeFileSync(join(root, file), insertedAtEnd(readFileSync(join(root, file), 'utf8'), entry, file))
  for (const rule of rules)
    takeFromList(join(root, `reference-server/faults/${sectionOf(rule).area}/without-fault.ts`), rule.id)
  return file
}
