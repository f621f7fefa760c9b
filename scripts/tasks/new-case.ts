import { fileURLToPath } from 'node:url'
import { UserError } from '../program/user-error.ts'
import { addCase } from '../skeletons/new-case.ts'

const [rule, slug] = process.argv.slice(2)
try {
  if (rule === undefined || slug === undefined) throw new UserError('npm run new-case -- CV2-089 blanks-around')
  const file = addCase(fileURLToPath(new URL('../../', import.meta.url)), rule, slug)
  console.log(
    `${file} has the skeleton; write the story, then: npx chatgauge conform --case ${rule.toUpperCase()}/${slug}`,
  )
} catch (error) {
  if (!(error instanceof UserError)) throw error
  console.error(`new-case: ${error.message}`)
  process.exitCode = 2
}
