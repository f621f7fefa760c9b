import { buildAll } from '../build.ts'
import { findPeerPrograms, findPrograms } from './find-programs.ts'
import { runVitest } from './run-vitest.ts'
import { printCheck, staticChecks } from './static-checks.ts'

// `npm test -- judging` runs part of it; options are vitest's business (`npx vitest`).
const filters = process.argv.slice(2)
const started = performance.now()

const missing = [...(await findPrograms()), ...findPeerPrograms()]
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
