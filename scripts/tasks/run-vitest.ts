import { fileURLToPath } from 'node:url'
import { startVitest, type TestModule, type Vitest } from 'vitest/node'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** Runs the test files whose path contains one of `filters` (none = all) and counts cases; vitest prints the failures. */
export async function runVitest(filters: readonly string[]): Promise<Counts> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const vitest = await startVitest('test', [...filters], { root, watch: false, run: true, reporters: ['default'] })
  const counts = countCases(vitest)
  await vitest.close()
  return counts
}

function countCases(vitest: Vitest): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const modules: TestModule[] = vitest.state.getTestModules()
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state]++
      else counts.failed++
    }
    // A file that could not be loaded or whose hooks failed has no failed case of its own.
    if (module.errors().length > 0) counts.failed++
  }
  counts.failed += vitest.state.getUnhandledErrors().length
  return counts
}
