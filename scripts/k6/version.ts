import { execFile } from 'node:child_process'

/** The release that is downloaded or built; go.mod of scripts/k6-build names the same one. */
export const k6Version = '2.2.0'
export const fittingVersions = '2.2.x'

const answerTimeoutMs = 10_000

/** @returns `2.2.0` from `k6 v2.2.0 (…)`; what is wrong with the program when it does not say so. */
export function askVersion(path: string): Promise<{ version: string } | { problem: string }> {
  return new Promise(resolve => {
    const env = { ...process.env, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' }
    execFile(path, ['version'], { timeout: answerTimeoutMs, env }, (error, stdout) => {
      // It calls itself by the name of its file: `k6-2.2.0 v2.2.0 (…)`.
      const version = /^\S+ v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
      if (version !== undefined) resolve({ version })
      else if (error) resolve({ problem: `${path} cannot be run: ${error.message.split('\n')[0]}` })
      else resolve({ problem: `${path} does not say that it is k6: ${JSON.stringify(stdout.slice(0, 60))}` })
    })
  })
}

export function fits(version: string): boolean {
  return version.startsWith('2.2.')
}
