import { fileURLToPath } from 'node:url'
import { UserError } from '../program/user-error.ts'
import { fromCache } from './cache.ts'
import { fromBuild } from './from-build.ts'
import { fromEnvironment } from './from-environment.ts'
import { fromPath } from './from-path.ts'
import { fromRelease } from './from-release.ts'
import { fittingVersions, k6Version } from './version.ts'
import type { K6Surroundings, WayOutcome } from './way.ts'

export interface FoundK6 {
  path: string
  version: string
  /** Which way it came: `K6_BIN`, `PATH`, `cache`, `downloaded`, `built in 85 s`. */
  how: string
}

const installed = [fromEnvironment, fromPath, fromCache]
const installing = [fromRelease, fromBuild]

/**
 * k6 2.2.x by the first way that works; downloads or builds it once per user when there is none.
 * @throws UserError naming what was tried and the ways out.
 */
export async function findK6(overrides: Partial<K6Surroundings> = {}): Promise<FoundK6> {
  const around = surroundings(overrides)
  const tried: string[] = []
  for (const way of [...installed, ...installing]) {
    const outcome = await way(around)
    if ('path' in outcome) return outcome
    tried.push(outcome.why)
    if (way === fromRelease) around.say(`no k6 from its release: ${outcome.why}`)
  }
  throw new UserError(
    [
      `k6 ${fittingVersions} is needed and no way led to one:`,
      ...tried.map(why => `  - ${why}`),
      `Ways out: put k6 ${k6Version} on the PATH, set K6_BIN to its path, or install Go and let chatgauge build it.`,
    ].join('\n'),
  )
}

/** Only what is there already: nothing is downloaded or built. */
export async function findInstalledK6(overrides: Partial<K6Surroundings> = {}): Promise<FoundK6 | undefined> {
  for (const way of installed) {
    const outcome: WayOutcome = await way(surroundings(overrides))
    if ('path' in outcome) return outcome
  }
  return undefined
}

function surroundings(overrides: Partial<K6Surroundings>): K6Surroundings {
  return {
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    releaseUrl: 'https://github.com/grafana/k6/releases/download',
    buildFolder: fileURLToPath(new URL('../k6-build/', import.meta.url)),
    connectTimeoutMs: 3_000,
    silenceTimeoutMs: 10_000,
    say: line => console.error(`chatgauge: ${line}`),
    ...overrides,
  }
}
