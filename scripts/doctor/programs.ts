import { neededNodeMajor } from '../bootstrap/choose-node.mjs'
import { findInstalledK6 } from '../k6/find-k6.ts'
import { findProgram } from '../k6/from-path.ts'
import { UserError } from '../program/user-error.ts'
import { type Finding, finding } from './finding.ts'

export function nodeFinding(version = process.versions.node, path = process.execPath): Finding {
  const enough = Number.parseInt(version, 10) >= neededNodeMajor
  return finding('Node', enough ? 'ok' : 'problem', `${version} (${path})`, `install Node ${neededNodeMajor} or newer`)
}

/** Looks for a k6 that is there; installs none. */
export async function k6Finding(look = findInstalledK6, environment = process.env): Promise<Finding> {
  try {
    const found = await look()
    if (found) return finding('k6', 'ok', `${found.version} from ${found.how} (${found.path})`, '')
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return finding('k6', 'problem', error.message, 'set K6_BIN to a k6 2.2.x or unset it')
  }
  const go = findProgram('go', environment.PATH) ?? findProgram('go', '/usr/local/go/bin')
  const advice = go
    ? 'the first run downloads it, or builds it with Go in about 90 s'
    : 'the first run downloads it; without a way to the release put k6 2.2.x on the PATH, set K6_BIN, or install Go'
  return finding('k6', 'warn', 'not installed', advice)
}
