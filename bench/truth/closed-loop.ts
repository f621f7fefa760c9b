import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { curvePercentiles } from '../../judging/percentile.ts'
import { bundleBareScript } from '../bundle-bare-script.ts'

export interface ClosedLoop {
  count: number
  maxMs: number
  /** [share below, milliseconds], as in a result. */
  curve: [share: number, milliseconds: number][]
}

export interface ClosedLoopSettings {
  k6: string
  folder: string
  target: string
  users: number
  thinkMs: number
  seconds: number
}

/** Two users who send and wait, as a k6 script beside a run. */
export async function closedLoop(settings: ClosedLoopSettings): Promise<ClosedLoop> {
  const { k6, folder, target, users, thinkMs, seconds } = settings
  const script = join(folder, 'closed-loop.js')
  const summary = join(folder, 'closed-loop.json')
  await bundleBareScript('closed-loop.ts', script)
  const environment = {
    TARGET: target,
    USERS: users,
    THINK_MS: thinkMs,
    DURATION: `${seconds}s`,
    PERCENTILES: curvePercentiles.join(','),
    SUMMARY: summary,
  }
  const variables = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const child = spawn(k6, ['run', '--quiet', '--no-color', ...variables, script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' },
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the closed-loop script ended with exit code ${code}`)
  const values = JSON.parse(readFileSync(summary, 'utf8')) as Record<string, number>
  return {
    count: values.count!,
    maxMs: values.max!,
    curve: curvePercentiles.map(each => [each / 100, values[`p(${each})`]!]),
  }
}
