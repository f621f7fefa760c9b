import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { importsOf } from './imports-of.ts'
import { root } from './source-files.ts'

export interface SourceFile {
  /** From the root. */
  path: string
  text: string
  imports: { specifier: string /** From the root where it is relative. */; target: string; line: number }[]
}

export function readSource(path: string, text = readFileSync(join(root, path), 'utf8')): SourceFile {
  const imports = importsOf(text, path).map(each => ({ ...each, target: targetOf(path, each.specifier) }))
  return { path, text, imports }
}

function targetOf(path: string, specifier: string): string {
  return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier
}

/** Paths of the tests and of what only tests import. */
export function testPaths(sources: readonly SourceFile[]): Set<string> {
  const tests = new Set(sources.map(each => each.path).filter(path => path.endsWith('.test.ts')))
  // Support may have support of its own.
  for (let before = -1; before !== tests.size; ) {
    before = tests.size
    for (const { path } of sources) {
      const importers = sources.filter(each => each.imports.some(({ target }) => target === path))
      if (importers.length > 0 && importers.every(each => tests.has(each.path))) tests.add(path)
    }
  }
  return tests
}
