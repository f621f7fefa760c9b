import { runVitest } from './run-vitest.ts'
import { printCheck, staticChecks } from './static-checks.ts'

const checks = await staticChecks()
for (const check of checks) printCheck(check)
const tests = await runVitest(['tests/import-table.test.ts', 'tests/k6-lint.test.ts'])
process.exitCode = checks.some(check => check.failed) || tests.failed > 0 ? 1 : 0
