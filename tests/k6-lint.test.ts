import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleScenario, scenarioNames } from '../scripts/build-scenarios.ts'
import { root, sourceFiles } from './import-table/source-files.ts'
import { readSource, testPaths } from './import-table/source-tree.ts'
import { k6Findings } from './k6-lint/findings.ts'

it('nothing in scenarios and protocol needs what k6 does not have', () => {
  const sources = sourceFiles(['scenarios', 'protocol']).map(path => readSource(path))
  const tests = testPaths(sources)
  const inK6 = sources.filter(({ path }) => !tests.has(path))
  expect(inK6.flatMap(({ path, text }) => k6Findings(text, path))).toEqual([])
})

describe.each(scenarioNames())('scenario %s', name => {
  it('bundles nothing that k6 does not run', async () => {
    const { metafile } = await bundleScenario(name)
    const inputs = Object.keys(metafile.inputs)
    expect(inputs).toContain(`scenarios/${name}.ts`)
    expect(inputs.flatMap(file => k6Findings(readFileSync(join(root, file), 'utf8'), file))).toEqual([])
  })

  // By default k6 opens a new connection for each request beyond 20 in flight (6 a host).
  it.skipIf(!process.env.K6_BIN)('loads in k6 and lets all requests in flight keep their connection', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-inspect-'))
    try {
      const bundle = join(folder, `${name}.js`)
      writeFileSync(bundle, (await bundleScenario(name)).outputFiles[0]!.text)
      const env = { ...process.env, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' }
      const parameters = ['-e', 'TARGET=http://127.0.0.1:1']
      const inspected = execFileSync(process.env.K6_BIN!, ['inspect', ...parameters, bundle], {
        env,
        // Some syntax makes k6 load for ever.
        timeout: 15_000,
        encoding: 'utf8',
      })
      const { batch, batchPerHost } = JSON.parse(inspected)
      expect({ batch, batchPerHost }).toEqual({ batch: expect.any(Number), batchPerHost: batch })
      expect(batch).toBeGreaterThanOrEqual(100)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

it.each([
  ['const t = performance.now()', 'performance'],
  ['new URL(target)', 'URL'],
  ['const copy = structuredClone(x)', 'structuredClone'],
  ['export const n = Buffer.from(text)', 'Buffer'],
  ['if (process.env.X) {}', 'process'],
  ['const f = new Intl.NumberFormat()', 'Intl'],
  ['async function f() { for await (const x of y) {} }', 'for await'],
  ['async function* g() {}', 'async generator'],
  ['{ using file = open() }', 'using'],
  ['const letters = /\\p{L}/u', '\\p{…}'],
  ["await import('./other.ts')", 'import()'],
  ["import x from 'https://jslib.k6.io/x.js'", 'network'],
  ['const r = Math.random()', 'Math.random'],
  ['const b = new Float64Array(9); function f() { ws.send(b.buffer) }', 'not made for this message'],
  ['ws.send(gathered.subarray(0, 9).buffer)', 'not made for this message'],
  ['function f() { ws.send(this.batch.buffer) }', 'not made for this message'],
])('is found: %s', (text, what) => {
  expect(k6Findings(text, 'scenarios/a.ts')).toEqual([expect.stringContaining(what)])
})

it.each([
  'const target = new Url(x); type T = URL; const y = z as unknown as URL',
  'const o = { process: 1, fetch() {} }; o.process; o.fetch()',
  "import { URL } from 'k6/x'; new URL('a')",
  'for (const x of y) {} async function f() {} function* g() {}',
  'const letters = /p{2}/u',
  'function f() { const b = new Float64Array(9); ws.send(b.buffer) }',
  'ws.send(gathered.slice(0, 9).buffer)',
  'ws.send(text); ws.send(encode(samples))',
])('is fine: %s', text => {
  expect(k6Findings(text, 'scenarios/a.ts')).toEqual([])
})
