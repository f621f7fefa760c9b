import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../import-table/source-files.ts'

const ruleId = /\b(?:CV2|CS|PUSH|OPT|BX)-\d{3}\b/g
/** A test's name, or its row in a table, starts with the rules it proves: `'[CS-060] [CS-062] …'`. */
const namedRules = /['"`]((?:\[[A-Z0-9]+-\d+\] ?)+)/g

const folders =
  'bench collector conformance deploy docs judging protocol receiver reference-server reports scenarios schemas scripts tests'
const left = /(^|\/)node_modules\/|^reports\/out\/|^schemas\/generated\//

/** Texts of the project that people write, by path from the root. */
export function projectTexts(): Map<string, string> {
  const present = folders.split(' ').filter(folder => existsSync(join(root, folder)))
  const paths = present.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(each => each.isFile() && /\.(ts|mjs|json|md|ini)$/.test(each.name))
      .map(each => join(each.parentPath, each.name).slice(root.length)),
  )
  const kept = paths.filter(path => !left.test(path))
  return new Map(kept.sort().map(path => [path, readFileSync(join(root, path), 'utf8')]))
}

/** Rule ids → the files that cite them. */
export function citations(texts: Map<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [path, text] of texts)
    for (const id of new Set(text.match(ruleId))) found.set(id, [...(found.get(id) ?? []), path])
  return found
}

/** Rules that a test names: in the names of tests, and in the examples of the schemas, each of which is a test. */
export function testedRules(texts: Map<string, string>): Set<string> {
  const found = new Set<string>()
  for (const [path, text] of texts) {
    if (path.endsWith('.test.ts'))
      for (const [, names] of text.matchAll(namedRules)) for (const id of names!.match(ruleId) ?? []) found.add(id)
    if (path.startsWith('schemas/examples/'))
      for (const { rule } of JSON.parse(text) as { rule?: string }[]) if (rule !== undefined) found.add(rule)
  }
  return found
}
