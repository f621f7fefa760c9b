import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { k6Version } from '../scripts/k6/version.ts'
import { root } from './import-table/source-files.ts'

const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')

/** `| package | version | licence |` of every table, by package. */
const rows = new Map(
  page
    .split('\n')
    .map(line => /^\| `?([^`|]+?)`? \| (\d[^ |]*) \| ([^|]+?) \|/.exec(line))
    .filter(row => row !== null)
    .map(([, name, version, licence]) => [name!, { version, licence }] as const),
)

const { dependencies, devDependencies, optionalDependencies } = packageJson
/** An alias (`npm:name@version`) has a second version of a package beside the first. */
const direct: Record<string, string> = Object.fromEntries(
  Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).map(([name, version]) => [
    name,
    version.replace(/^npm:.+@/, ''),
  ]),
)

it('docs/dependencies.md has each direct dependency with its version', () => {
  const documented = Object.fromEntries([...rows].map(([name, { version }]) => [name, version]))
  expect(documented).toEqual({ ...direct, k6: k6Version })
})

it('each version is exact', () => {
  expect(Object.values(direct).filter(version => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

it('each licence is the one that the package states', () => {
  const installed = Object.keys(direct).flatMap(name => {
    try {
      return [[name, JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).license]]
    } catch {
      // An optional dependency for another machine.
      return []
    }
  })
  const stated = installed.map(([name]) => [name, rows.get(name)?.licence])
  expect(stated).toEqual(installed)
})

it('the built k6 is the documented one', () => {
  const goMod = readFileSync(join(root, 'scripts/k6-build/go.mod'), 'utf8')
  expect(goMod.split('\n').map(line => line.trim().split(' // ')[0])).toContain(`go.k6.io/k6/v2 v${k6Version}`)
})

// npm leaves out what its registry does not have on that day; `npm ci` then fails, on every machine.
it('the lockfile has every package that it refers to', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: object; optionalDependencies?: object }>
  }
  const locked = new Set(Object.keys(packages).map(path => path.slice(path.lastIndexOf('node_modules/') + 13)))
  const wanted = Object.values(packages).flatMap(each =>
    Object.keys({ ...each.dependencies, ...each.optionalDependencies }),
  )
  expect(wanted.filter(name => !locked.has(name))).toEqual([])
})
