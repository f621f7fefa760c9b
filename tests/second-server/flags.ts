// Command line of the second server: how it runs here; the product's own options come with it or from a file.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type IniFile, parseIni } from './ini.ts'
import { CATALOGUE, numberIn, readSettings, type Settings, wholeIn } from './settings.ts'

export type Flags = {
  port: number
  /** Of the page with Chat Server's health metrics; undefined: no such page. */
  healthPort: number | undefined
  drop: number
  double: number
  seed: number
  agent: boolean
  agentDelay: number
  /** Pushes that leave in a second, at most. */
  rate: number | undefined
  log: string | undefined
  /** Reads the product's options, again at each call: changes of the file take effect immediately. */
  settings(): Settings
}

const productFlags = (): Record<string, { type: 'string' }> =>
  Object.fromEntries(Object.values(CATALOGUE).map(({ flag }) => [flag, { type: 'string' as const }]))

const readFile = (path: string | undefined): IniFile => {
  if (path === undefined) return new Map()
  try {
    return parseIni(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`--config ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export function readFlags(args: readonly string[]): Flags {
  const { values: product } = parseArgs({ args: [...args], strict: false, options: productFlags() })
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      ...productFlags(),
      config: { type: 'string' },
      port: { type: 'string', default: '0' },
      'health-port': { type: 'string' },
      drop: { type: 'string', default: '0' },
      double: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      agent: { type: 'boolean', default: false },
      'agent-delay': { type: 'string', default: '500' },
      rate: { type: 'string' },
      log: { type: 'string' },
    },
  })
  const read = (flag: string, text: string, check: (text: string) => number): number => {
    try {
      return check(text)
    } catch (error) {
      throw new Error(`--${flag} ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const port = wholeIn(0, 65_535)
  const drop = read('drop', values.drop, numberIn(0, 1))
  const double = read('double', values.double, numberIn(0, 1))
  if (drop + double > 1 + Number.EPSILON) throw new Error('--drop and --double together must not exceed 1')
  const healthPort = values['health-port']
  return {
    port: read('port', values.port, port),
    healthPort: healthPort === undefined ? undefined : read('health-port', healthPort, port),
    drop,
    double,
    seed: read('seed', values.seed, wholeIn(0, 0xffff_ffff)),
    agent: values.agent,
    agentDelay: read('agent-delay', values['agent-delay'], numberIn(0, 3_600_000)),
    rate: values.rate === undefined ? undefined : read('rate', values.rate, numberIn(0.1, 100_000)),
    log: values.log,
    settings: () => readSettings(product as Record<string, string | undefined>, readFile(values.config)),
  }
}
