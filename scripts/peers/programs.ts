import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs that tests against other implementations need; `scripts/install-peers` has them by the same name. */
export const peers: Readonly<Record<string, { what: string; programs: readonly string[] }>> = {
  java: {
    what: 'HdrHistogram’s own log processor reads histograms.hlog',
    programs: ['java', 'mvn'],
  },
  python: {
    what: 'junitparser reads the JUnit XML of a conformance run',
    programs: ['python3'],
  },
}

/** @returns those programs of the peer that no folder of PATH has. */
export function missingPrograms(peer: string): string[] {
  return (peers[peer]?.programs ?? []).filter(program => !isOnPath(program))
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder || '.', program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
