import { readFileSync } from 'node:fs'
import { defaultScript } from '../../../reference-server/agent/agent-script.ts'
import { loadConfiguration } from '../../../reference-server/configuration/configuration.ts'
import type { Log } from '../../../reference-server/log.ts'
import { startReferenceServer } from '../../../reference-server/main.ts'
import { createCryptoRandom } from '../../../reference-server/time/crypto-random.ts'
import { createScaledClock } from '../../../reference-server/time/scaled-clock.ts'

export interface StartedServer {
  /** Of the nodes. */
  urls: readonly string[]
  /** Of their Bayeux endpoints. */
  endpoints: readonly string[]
  /** URL of the control port. */
  control: string
  /** By its place, from 0: its sockets are cut, its Bayeux sessions are gone. */
  killNode(at: number): Promise<void>
  startNode(at: number): Promise<void>
  stop(): Promise<void>
}

const ini = new URL('../../../reference-server/async-push.ini', import.meta.url)
const log: Log = { debug() {}, info() {}, warn() {}, error: (line, fields) => console.error(line, fields) }

/** Nodes with the chat API over CometD, and an agent that joins and answers at once. */
export async function startChatServer(gmsNodes: number, set: readonly string[] = []): Promise<StartedServer> {
  const server = await startReferenceServer({
    configuration: loadConfiguration({
      text: readFileSync(ini, 'utf8'),
      source: 'async-push.ini',
      set: ['refserver.echo=true', ...set],
      log,
    }),
    ...{ gmsNodes, chatServers: 1, port: 0, controlPort: 0, log },
    clock: createScaledClock({ factor: 1 }),
    random: createCryptoRandom(),
    agentScript: {
      ...defaultScript,
      joinDelay: { kind: 'const', valueMs: 20 },
      replyDelay: { kind: 'const', valueMs: 20 },
    },
  })
  const nodes = (await (await fetch(`${server.control}/gms-nodes`)).json()) as { node: string }[]
  const order = async (at: number, what: 'kill' | 'start'): Promise<void> => {
    const answer = await fetch(`${server.control}/gms-nodes/${nodes[at]!.node}/${what}`, { method: 'POST' })
    if (!answer.ok) throw new Error(`${what}: ${await answer.text()}`)
  }
  return {
    killNode: at => order(at, 'kill'),
    startNode: at => order(at, 'start'),
    control: server.control!,
    urls: server.urls,
    endpoints: server.urls.map(url => `${url}/genesys/cometd`),
    stop: () => server.close(),
  }
}
