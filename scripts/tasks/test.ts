import { buildAll } from '../build.ts'
import { findK6 } from '../k6/find-k6.ts'
import { UserError } from '../program/user-error.ts'
import { runVitest } from './run-vitest.ts'
import { printCheck, staticChecks } from './static-checks.ts'

// `npm test -- judging` runs part of it; options are vitest's business (`npx vitest`).
const filters = process.argv.slice(2)
const started = performance.now()

const missing = await findPrograms()
const built = await buildAll()
if (built.length > 0) console.log(`build: ${built.join(', ')}`)
const checks = filters.length === 0 ? await staticChecks() : []
for (const check of checks) printCheck(check)

const tests = await runVitest(filters)
const failedChecks = checks.filter(check => check.failed)
const passed = tests.passed + checks.length - failedChecks.length
const failed = tests.failed + failedChecks.length
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

for (const check of failedChecks) console.log(`failed: ${check.name}, see its messages above`)
if (missing.length > 0) console.log(`missing programs, their tests are skipped: ${missing.join(', ')}`)
console.log(`npm test took ${((performance.now() - started) / 1000).toFixed(0)} s`)
// The closing line is read by machines: alone, last, exactly so.
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`)

/** Tests find k6 in K6_BIN and skip what needs it when that is not set. @returns the names of what is missing. */
async function findPrograms(): Promise<string[]> {
  try {
    const k6 = await findK6()
    process.env.K6_BIN = k6.path
    console.log(`k6 ${k6.version} (${k6.how})`)
    return []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.log(error.message)
    return ['k6']
  }
}
