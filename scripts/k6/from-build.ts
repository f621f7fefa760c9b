import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { intoCache } from './cache.ts'
import { findProgram } from './from-path.ts'
import { k6Version } from './version.ts'
import type { K6Surroundings, WayOutcome } from './way.ts'

const progressEveryMs = 5_000
/** 85 s on two quiet cores; a module proxy that hangs must not hang us for ever. */
const buildTimeoutMs = 15 * 60_000

/** Builds exactly what the committed go.mod and go.sum say; needs Go and a way to the Go modules. */
export async function fromBuild(around: K6Surroundings): Promise<WayOutcome> {
  const go = findProgram('go', around.env.PATH) ?? findProgram('go', '/usr/local/go/bin')
  if (go === undefined) return { why: 'there is no go on the PATH or in /usr/local/go/bin to build k6 with' }
  return intoCache(around, async temporary => {
    around.say(`building k6 ${k6Version} from source, about a minute and a half on two cores`)
    const started = performance.now()
    const problem = await build(go, temporary, around, started)
    return problem === undefined ? { how: `built in ${seconds(started)} s` } : { why: problem }
  })
}

function build(go: string, output: string, around: K6Surroundings, started: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const args = ['build', '-v', '-trimpath', '-o', output, 'go.k6.io/k6/v2']
    const child = spawn(go, args, {
      cwd: around.buildFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...around.env, CGO_ENABLED: '0' },
      timeout: buildTimeoutMs,
    })
    let packages = 0
    let lastWords = ''
    // `-v` names each package when it is compiled.
    createInterface({ input: child.stderr }).on('line', line => {
      if (/^[\w.~/-]+$/.test(line)) packages++
      else lastWords = line
    })
    const progress = setInterval(
      () => around.say(`building k6: ${seconds(started)} s, ${packages} packages compiled`),
      progressEveryMs,
    )
    const end = (problem: string | undefined) => {
      clearInterval(progress)
      resolve(problem)
    }
    child.once('error', error => end(`go cannot be started: ${error.message}`))
    child.once('close', code => end(code === 0 ? undefined : `go build failed: ${lastWords || `exit code ${code}`}`))
  })
}

function seconds(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(0)
}
