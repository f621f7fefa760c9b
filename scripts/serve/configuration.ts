import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Configuration, EffectiveOption } from '../../reference-server/actors.ts'
import { loadConfiguration } from '../../reference-server/configuration/configuration.ts'
import type { Log } from '../../reference-server/log.ts'
import type { Typed } from '../program/command.ts'
import { UserError } from '../program/user-error.ts'
import { serverLog } from './server-log.ts'

const asyncPush = fileURLToPath(new URL('../../reference-server/async-push.ini', import.meta.url))
/** Where `chatgauge receive` listens by default. */
const defaultReceiver = 'push.customhttp.url=http://127.0.0.1:9090/push'

/** OPT-120 when nothing is given; `--config` alone means documented defaults plus that file. */
export function readConfiguration(typed: Typed, log: Log = serverLog(typed)): Configuration {
  const given = typed.value('config')
  const set = typed.values('set')
  const malformed = set.find(each => !/^[^=]+\.[^=]+=/.test(each))
  if (malformed !== undefined) throw new UserError(`--set ${malformed}: section.option=value is needed`)
  const source = given ?? asyncPush
  return loadConfiguration({
    text: readFileSync(source, 'utf8'),
    source: given ?? 'async-push.ini',
    set: given === undefined ? [defaultReceiver, ...set] : set,
    log,
  })
}

/** INI that means the same when it is given back as `--config`: defaults are comments. */
export function printConfiguration(configuration: Configuration): string {
  const sections = Map.groupBy(configuration.effective(), each => each.section)
  return [...sections]
    .map(([section, options]) => [`[${section}]`, ...options.map(printOption)].join('\n'))
    .join('\n\n')
}

function printOption({ option, value, origin }: EffectiveOption): string {
  const line = `${option} = ${value}`.trimEnd()
  if (origin === 'file' || origin === 'set') return line
  return origin === 'invalid' ? `; ${line}  (default, what was given is invalid)` : `; ${line}  (default)`
}
