import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import { parseRate } from '../../protocol/rate.ts'
import type { AgentScript } from '../../reference-server/actors.ts'
import type { ReferenceServerSettings } from '../../reference-server/main.ts'
import { createCryptoRandom } from '../../reference-server/time/crypto-random.ts'
import { createScaledClock } from '../../reference-server/time/scaled-clock.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import type { Typed } from '../program/command.ts'
import { UserError } from '../program/user-error.ts'
import { portNumber, wholeNumber } from '../program/whole-number.ts'
import { readConfiguration } from './configuration.ts'
import { checkFault } from './fault-list.ts'
import { serverLog } from './server-log.ts'

const loopback = ['127.0.0.1', '::1', 'localhost']

export function readServeSettings(typed: Typed): ReferenceServerSettings {
  const log = serverLog(typed)
  const seed = wholeNumber(typed, 'seed', 1, 0, 4_294_967_295)
  const faultRandom = createSeededRandom(seed, 'fault')
  const fault = typed.value('fault')
  const controlPort = portNumber(typed, 'control-port', undefined)
  const controlHost = typed.value('control-host')
  const controlToken = typed.value('control-token')
  if (controlHost !== undefined && !loopback.includes(controlHost) && controlToken === undefined) {
    throw new UserError(`--control-host ${controlHost} is not loopback: --control-token TEXT is needed`)
  }
  return {
    configuration: readConfiguration(typed, log),
    gmsNodes: wholeNumber(typed, 'gms-nodes', 1, 1, 64),
    chatServers: wholeNumber(typed, 'chat-servers', 1, 1, 64),
    port: portNumber(typed, 'port', 8080),
    host: typed.value('host') ?? '127.0.0.1',
    ...(controlPort !== undefined && { controlPort }),
    ...(controlHost !== undefined && { controlHost }),
    ...(controlToken !== undefined && { controlToken }),
    clock: createScaledClock({ factor: timeScale(typed) }),
    random: createCryptoRandom(),
    log,
    ...(fault !== undefined && { fault: checkFault(fault, faultRandom) }),
    faultRandom,
    ...(!typed.has('no-agent') && { agentScript: agentScript(typed, seed) }),
  }
}

function timeScale(typed: Typed): number {
  const text = typed.value('time-scale') ?? '1'
  const factor = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && factor > 0 && factor <= 1_000_000) return factor
  throw new UserError(`--time-scale ${text}: a number above 0, up to 1000000, is needed`)
}

function agentScript(typed: Typed, seed: number): AgentScript {
  const rate = parseRate(typed.value('agent-rate') ?? '0')
  if (typeof rate !== 'number') throw new UserError(`--agent-rate ${rate.error}`)
  return {
    seed,
    joinDelay: distribution(typed, 'agent-join-delay', 'const(500ms)'),
    replyDelay: distribution(typed, 'agent-reply-delay', 'uniform(1s,3s)'),
    ratePerSecond: rate,
    typing: false,
    pushUrlShare: 0,
    transferShare: 0,
    closes: true,
    textLength: 60,
  }
}

function distribution(typed: Typed, option: string, usual: string): Distribution {
  const parsed = parseDistribution(typed.value(option) ?? usual)
  if ('error' in parsed) throw new UserError(`--${option} ${parsed.error}`)
  return parsed
}
