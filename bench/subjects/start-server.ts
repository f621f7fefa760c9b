import { readFileSync } from 'node:fs'
import type { AgentScript } from '../../reference-server/actors.ts'
import { loadConfiguration } from '../../reference-server/configuration/configuration.ts'
import type { Log } from '../../reference-server/log.ts'
import { type ReferenceServer, startReferenceServer } from '../../reference-server/main.ts'
import { createCryptoRandom } from '../../reference-server/time/crypto-random.ts'
import { createScaledClock } from '../../reference-server/time/scaled-clock.ts'

export const service = 'customer-support'

const ini = new URL('../../reference-server/async-push.ini', import.meta.url)

/** One node and one Chat Server as `chatgauge serve` starts them: same configuration, clock and randomness, no fault. */
export function startServer(
  settings: { set?: readonly string[]; agentScript?: AgentScript } = {},
): Promise<ReferenceServer> {
  const nothing = () => {}
  const say = (line: string, fields?: object) => console.error(line, fields ?? '')
  // What `serve` says per event is of level debug, which it does not write.
  const log: Log = { debug: nothing, info: nothing, warn: say, error: say }
  const { set = [], agentScript } = settings
  return startReferenceServer({
    configuration: loadConfiguration({ text: readFileSync(ini, 'utf8'), source: 'async-push.ini', set, log }),
    gmsNodes: 1,
    chatServers: 1,
    port: 0,
    clock: createScaledClock({ factor: 1 }),
    random: createCryptoRandom(),
    log,
    ...(agentScript && { agentScript }),
  })
}

export function portOf(url: string): number {
  return Number(new URL(url).port)
}
