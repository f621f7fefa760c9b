import { fileURLToPath } from 'node:url'
import { UserError } from '../program/user-error.ts'
import { addFault } from '../skeletons/new-fault.ts'

const [name, ...rules] = process.argv.slice(2)
try {
  if (name === undefined || rules.length === 0) throw new UserError('npm run new-fault -- position-ignored CV2-085')
  const file = addFault(fileURLToPath(new URL('../../', import.meta.url)), name, rules)
  console.log(`${file} has the skeleton; write the gate, then: npm run faults -- ${name}`)
} catch (error) {
  if (!(error instanceof UserError)) throw error
  console.error(`new-fault: ${error.message}`)
  process.exitCode = 2
}
