import { buildAll } from '../build.ts'
import { findPrograms } from './find-programs.ts'
import { runVitest } from './run-vitest.ts'

// Each planted fault in a run of its own: it must be caught, and named first.
const missing = await findPrograms()
if (missing.length > 0) {
  console.error(`faults: ${missing.join(', ')} is missing, no fault can be seen`)
  process.exitCode = 2
} else {
  await buildAll()
  const { passed, failed } = await runVitest(['tests/runs/planted-faults.test.ts'])
  console.log(`${passed} caught, ${failed} missed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
