import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isNode, lineOf, parseSource, type SyntaxNode, walk } from './import-table/parse-source.ts'
import { root, sourceFiles } from './import-table/source-files.ts'
import { readSource, type SourceFile, testPaths } from './import-table/source-tree.ts'
import { importTable, refusal } from './import-table/table.ts'

const folders = [...new Set(Object.keys(importTable).map(part => part.split('/')[0]!))].filter(folder =>
  existsSync(join(root, folder)),
)
const sources = sourceFiles(folders).map(path => readSource(path))
const tests = testPaths(sources)

function refusedImports({ path, imports }: SourceFile, isTest: boolean): string[] {
  return imports.flatMap(({ specifier, target, line }) => {
    const why = refusal(path, target, isTest)
    return why === undefined ? [] : [`${path}:${line} imports ${specifier}: ${why}`]
  })
}

/** Clock, chance and timers come in as arguments there. */
function impurities(file: string, text: string): string[] {
  const found: string[] = []
  walk(parseSource(text, file), (node, parents) => {
    const name = impureName(node, parents.at(-1))
    if (name !== undefined) found.push(`${file}:${lineOf(text, node.start)} uses ${name}`)
  })
  return found
}

const impureMembers = ['Date.now', 'Math.random', 'performance.now', 'performance.timeOrigin']
const impureCalls = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'require']

function impureName(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  const named = (each: unknown) => (isNode(each) && each.type === 'Identifier' ? String(each.name) : '')
  if (node.type === 'MemberExpression') {
    const member = `${named(node.object)}.${named(node.property)}`
    return impureMembers.includes(member) || member.startsWith('process.') ? member : undefined
  }
  if (node.type === 'NewExpression' && named(node.callee) === 'Date') {
    return (node.arguments as unknown[]).length === 0 ? 'new Date()' : undefined
  }
  const isCall = node.type === 'Identifier' && parent?.type === 'CallExpression' && parent.callee === node
  return isCall && impureCalls.includes(String(node.name)) ? `${node.name}()` : undefined
}

const isPure = (path: string) => /^(protocol|judging|planning|schemas\/generated)\//.test(path) && !tests.has(path)

it('every import is in the import table', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap(source => refusedImports(source, tests.has(source.path)))).toEqual([])
})

it('protocol, judging, planning and the generated validators know no clock, no chance and no timer', () => {
  const pure = sources.filter(({ path }) => isPure(path))
  expect(pure.flatMap(({ path, text }) => impurities(path, text))).toEqual([])
})

describe('a violation is found', () => {
  it.each([
    ['protocol/a.ts', "import { readFile } from 'node:fs'", 'protocol/ is pure: no node'],
    [
      'protocol/a.ts',
      "import type { Clock } from '../reference-server/clock.ts'",
      'protocol/ does not import reference-server/clock.ts',
    ],
    ['protocol/checks/a.ts', "export * from '../../schemas/build.ts'", 'protocol/ does not import schemas/build.ts'],
    ['protocol/a.ts', "import Ajv from 'ajv'", 'protocol/ uses no npm package'],
    [
      'protocol/a.ts',
      "const x: import('../judging/verdict.ts').Verdict = y",
      'protocol/ does not import judging/verdict.ts',
    ],
    ['judging/a.ts', "import { m } from '../protocol/marker.ts'", 'judging/ does not import protocol/marker.ts'],
    ['schemas/a.ts', "import '../protocol/violation.ts'", 'schemas/ does not import protocol/violation.ts'],
    ['scenarios/load/wheel.ts', "import http from 'k6/http'", 'scenarios/load/ does not run in k6'],
    [
      'scenarios/load/wheel.ts',
      "import { client } from '../clients/rest.ts'",
      'scenarios/load/ does not import scenarios/clients/rest.ts',
    ],
    [
      'scenarios/a.ts',
      "import x from 'https://jslib.k6.io/url/1.0.0/index.js'",
      'nothing is imported from the network',
    ],
    ['receiver/a.ts', "const x = await import('../scripts/chatgauge.ts')", 'nobody imports scripts/'],
    ['receiver/a.ts', 'await import(name)', 'receiver/: a computed import cannot be checked'],
    ['reports/a.ts', "import { x } from '../collector/series.ts'", 'reports/ does not import collector/series.ts'],
    [
      'conformance/a.ts',
      "import type { x } from '../reference-server/main.ts'",
      'conformance/ never imports reference-server/main.ts',
    ],
    [
      'reference-server/a.test.ts',
      "import { c } from '../conformance/cases/a.ts'",
      'reference-server/ never imports conformance/cases/a.ts',
    ],
    [
      'tests/second-server/a.ts',
      "import { m } from '../../protocol/marker.ts'",
      'tests/second-server/ does not import protocol/marker.ts',
    ],
  ])('%s: %s', (file, text, why) => {
    expect(refusedImports(readSource(file, text), file.endsWith('.test.ts'))).toEqual([expect.stringContaining(why)])
  })

  it.each([
    'const t = Date.now()',
    'const t = new Date()',
    'const r = Math.random()',
    'setTimeout(() => {}, 1)',
    'const t = performance.now()',
    'const e = process.env',
  ])('impure: %s', text => {
    expect(impurities('protocol/a.ts', text)).toHaveLength(1)
  })
})

it.each([
  ['protocol/a.ts', "import type { Guard } from '../schemas/generated/validators.js'"],
  ['collector/a.ts', "import { judge } from '../judging/verdict.ts'"],
  ['scenarios/a.ts', "import { wheel } from './load/wheel.ts'; import http from 'k6/http'"],
  ['scripts/a.ts', "import '../receiver/main.ts'; import 'ws'; await import(name)"],
  ['receiver/a.test.ts', "import { expect } from 'vitest'; import '../reference-server/main.ts'"],
])('%s may: %s', (file, text) => {
  expect(refusedImports(readSource(file, text), file.endsWith('.test.ts'))).toEqual([])
})
