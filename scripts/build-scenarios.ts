import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, BuildResult } from 'esbuild'
import { replaceFile } from './replace-file.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const distFolder = join(root, 'dist')

/**
 * k6 runs bundles only: its own TypeScript support loops for ever on syntax that esbuild knows and Sobek does not. The two
 * `supported` flags turn exactly that syntax into what Sobek can parse.
 */
export const bundleOptions = {
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  external: ['k6', 'k6/*'],
  target: 'es2022',
  supported: { 'for-await': false, 'async-generator': false },
  charset: 'utf8',
  sourcemap: 'inline',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: root,
} as const satisfies BuildOptions

/** An entry is a file directly in scenarios/ that k6 can run: it has `options` and a default function. */
export function scenarioNames(folder = join(root, 'scenarios')): string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))
    .filter(file => isEntry(readFileSync(join(folder, file), 'utf8')))
    .map(file => file.slice(0, -'.ts'.length))
    .sort()
}

function isEntry(source: string): boolean {
  return /^export default /m.test(source) && /^export (const|let|function|\{[^}]*) ?options\b/m.test(source)
}

export async function bundleScenario(name: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  const { build } = await import('esbuild')
  const entryPoints = [join(root, 'scenarios', `${name}.ts`)]
  return build({ ...bundleOptions, entryPoints, outfile: join(distFolder, `${name}.js`), write: false, metafile: true })
}

/** Bundles what changed since the last build. @returns the files that were bundled anew. */
export async function buildScenarios(): Promise<string[]> {
  const stampFile = join(distFolder, '.inputs.json')
  const stamps: Record<string, Stamp> = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {}
  const stale = scenarioNames().filter(name => !isFresh(name, stamps[name]))
  mkdirSync(distFolder, { recursive: true })
  for (const name of stale) {
    const { outputFiles, metafile } = await bundleScenario(name)
    replaceFile(join(distFolder, `${name}.js`), outputFiles[0]!.text)
    const inputs = Object.keys(metafile.inputs)
    stamps[name] = { inputs, digest: digestOf(inputs) }
  }
  if (stale.length > 0) replaceFile(stampFile, JSON.stringify(stamps))
  return stale.map(name => `dist/${name}.js`)
}

interface Stamp {
  /** Paths from the root, as esbuild names them. */
  inputs: string[]
  digest: string
}

function isFresh(name: string, stamp: Stamp | undefined): boolean {
  return stamp !== undefined && existsSync(join(distFolder, `${name}.js`)) && digestOf(stamp.inputs) === stamp.digest
}

/** Contents, not times: a checkout of the same commit rebuilds nothing, a touched file neither. */
function digestOf(inputs: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(bundleOptions))
  hash.update(readFileSync(join(root, 'node_modules/esbuild/package.json')))
  for (const input of inputs) {
    const path = join(root, input)
    hash.update(input).update(existsSync(path) ? readFileSync(path) : 'gone')
  }
  return hash.digest('hex')
}
