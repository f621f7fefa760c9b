import { mkdirSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../program/user-error.ts'

/**
 * The folder of a run: `reports/out/<UTC time>-<scenario>/` of the checkout, or `--out`.
 * @throws UserError when `--out` already holds a result: results are never overwritten.
 */
export function makeResultFolder(root: string, scenario: string, startedAt: Date, out: string | undefined): string {
  const folder =
    out === undefined
      ? resolve(root, 'reports/out', `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z-${scenario}`)
      : resolve(out)
  try {
    mkdirSync(folder, { recursive: true })
    const found = readdirSync(folder).find(file => file === 'result.json' || file === 'search.json')
    if (found !== undefined) {
      throw new UserError(`--out ${out}: there is a result already (${found}); name another folder`)
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`the result folder ${folder} cannot be written: ${(error as Error).message}`)
  }
  return folder
}
