import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../../scripts/peers/programs.ts'
import { freePort } from '../../runs/free-port.ts'

/** One series of an answer: its labels, and values that are numbers by instant (s). */
export interface Series {
  labels: Record<string, string>
  values: [atSeconds: number, value: number][]
}

export interface Prometheus {
  /** @throws with what Prometheus says of a query that it does not take. */
  at(expr: string, atSeconds: number): Promise<Series[]>
  range(expr: string, fromSeconds: number, toSeconds: number): Promise<Series[]>
  stop(): Promise<void>
}

const startTimeoutMs = 20_000

/** A Prometheus of our own in a folder of its own, which scrapes this one address each second. Resolves when it is ready. */
export async function startPrometheus(metricsUrl: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-prometheus-'))
  const port = await freePort()
  const configuration = {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [{ job_name: 'chatgauge', static_configs: [{ targets: [new URL(metricsUrl).host] }] }],
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(configuration))
  const child = spawn(
    findProgram('prometheus')!,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()))
  const api = `http://127.0.0.1:${port}`

  async function stop(): Promise<void> {
    child.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }

  const deadline = performance.now() + startTimeoutMs
  while (!(await isReady(api))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop()
      throw new Error(`Prometheus did not start: ${said.slice(-2_000)}`)
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }

  async function ask(path: string, parameters: Record<string, string>): Promise<Series[]> {
    const answer = await fetch(`${api}/api/v1/${path}`, { method: 'POST', body: new URLSearchParams(parameters) })
    const { status, error, data, warnings } = (await answer.json()) as Answer
    if (status !== 'success' || warnings) throw new Error(`${parameters.query}: ${error ?? warnings?.join('; ')}`)
    return data.result.map(({ metric, value, values }) => ({
      labels: metric,
      values: (values ?? [value!])
        .map(([at, text]): [number, number] => [at, Number(text)])
        .filter(([, number]) => Number.isFinite(number)),
    }))
  }

  return {
    at: (query, atSeconds) => ask('query', { query, time: String(atSeconds) }),
    range: (query, from, to) => ask('query_range', { query, start: String(from), end: String(to), step: '1' }),
    stop,
  }
}

interface Answer {
  status: string
  error?: string
  warnings?: string[]
  data: {
    result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[]
  }
}

async function isReady(api: string): Promise<boolean> {
  try {
    return (await fetch(`${api}/-/ready`)).ok
  } catch {
    return false
  }
}
