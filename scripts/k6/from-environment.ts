import { UserError } from '../program/user-error.ts'
import { askVersion, fits, fittingVersions } from './version.ts'
import type { K6Surroundings, WayOutcome } from './way.ts'

/** Who sets K6_BIN means it: another version is an error, not a reason to look elsewhere. */
export async function fromEnvironment({ env }: K6Surroundings): Promise<WayOutcome> {
  const path = env.K6_BIN
  if (path === undefined || path === '') return { why: 'K6_BIN is not set' }
  const asked = await askVersion(path)
  if ('problem' in asked) throw new UserError(`K6_BIN: ${asked.problem}`)
  if (!fits(asked.version)) throw new UserError(`K6_BIN: ${path} is k6 ${asked.version}, ${fittingVersions} is needed`)
  return { path, version: asked.version, how: 'K6_BIN' }
}
