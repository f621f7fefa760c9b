import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { askVersion, fits, fittingVersions } from './version.ts'
import type { K6Surroundings, WayOutcome } from './way.ts'

/** npm's package `k6` puts nothing on the PATH that runs; what is there is asked for its version. */
export async function fromPath({ env }: K6Surroundings): Promise<WayOutcome> {
  const path = findProgram('k6', env.PATH)
  if (path === undefined) return { why: 'there is no k6 on the PATH' }
  const asked = await askVersion(path)
  if ('problem' in asked) return { why: asked.problem }
  if (!fits(asked.version)) return { why: `${path} is k6 ${asked.version}, ${fittingVersions} is needed` }
  return { path, version: asked.version, how: 'PATH' }
}

export function findProgram(name: string, searchPath: string | undefined): string | undefined {
  return (searchPath ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map(folder => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
