import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const module = new URL('./compile-cache.mjs', import.meta.url).href

/** Keeps a program and a process that it starts. @returns the environment variable as that process sees it. */
function keep(root: string, environment: Record<string, string>) {
  const program = join(root, 'program.ts')
  writeFileSync(program, `const started: string = process.env.NODE_COMPILE_CACHE ?? ''\nconsole.log(started)\n`)
  const code = `import { keepCompiled } from '${module}'
    import { spawnSync } from 'node:child_process'
    keepCompiled('${root}', process.env)
    console.log(String(spawnSync(process.execPath, ['${program}']).stdout).trim())`
  const { NODE_COMPILE_CACHE: _own, ...outside } = process.env
  const env = { ...outside, ...environment }
  return String(spawnSync(process.execPath, ['--input-type=module', '-e', code], { env }).stdout).trim()
}

test('what was compiled is kept in the checkout, by the processes that are started, too', () => {
  const root = mkdtempSync(join(tmpdir(), 'chatgauge-cache-'))
  mkdirSync(join(root, 'node_modules'))
  const cache = join(root, 'node_modules', '.cache', 'node-compile')
  expect(keep(root, {})).toBe(cache)
  expect(readdirSync(cache).length).toBeGreaterThan(0)
})

test("a cache of the user's own is left as it is", () => {
  const root = mkdtempSync(join(tmpdir(), 'chatgauge-cache-'))
  const own = join(root, 'own')
  expect(keep(root, { NODE_COMPILE_CACHE: own })).toBe(own)
  expect(existsSync(join(root, 'node_modules'))).toBe(false)
})
