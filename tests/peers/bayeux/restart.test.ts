import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OfficialClient, Transport } from './cometd-client.ts'
import { officialClients } from './official-clients.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'

const transports: readonly Transport[] = ['websocket', 'long-polling']
const patienceMs = 30_000

let server: StartedServer
beforeAll(async () => {
  server = await startChatServer(1, ['refserver.cometd.timeout=2000'])
})
afterAll(() => server.stop(), 60_000)

it('[BX-184] after a restart of the node each client shakes hands again by itself and hears what is published', async () => {
  const heard = new Set<string>()
  const clients = Object.entries(officialClients).flatMap(([name, open]) =>
    transports.map((transport, at) => {
      const channel = `/demo/${name.replaceAll(/\W/g, '')}/${at}`
      return { label: `${name} over ${transport}`, channel, client: open(server.endpoints[0]!, transport) }
    }),
  )
  const join = (client: OfficialClient, channel: string) =>
    client.subscribe(channel, data => heard.add(`${channel} ${(data as { round: string }).round}`))
  const round = async (name: string) => {
    const end = Date.now() + patienceMs
    for (;;) {
      const missing = clients.filter(({ channel }) => !heard.has(`${channel} ${name}`))
      if (missing.length === 0) return
      if (Date.now() > end) expect(missing.map(({ label }) => label)).toEqual([])
      // What is sent while nobody is there fails, at once or with the connection.
      for (const { client, channel } of missing) client.publish(channel, { round: name }).catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 250))
    }
  }
  for (const { client, channel } of clients) {
    await client.handshake()
    await join(client, channel)
    // CometD's clients leave it to the application; faye subscribes again by itself.
    client.onHandshake?.(() => void join(client, channel).catch(() => {}))
  }
  await round('before')
  await server.killNode(0)
  await server.startNode(0)
  await round('after')
  await Promise.all(clients.map(({ client }) => client.disconnect()))
})

/** Clients that take a lost session for a reason to come back do so within a second. */
const comesBackMs = 1_500

it('[BX-116] a client whose session the server ends stays away', async () => {
  const sessions = async () =>
    (await (await fetch(`${server.control}/comet-sessions`)).json()) as { clientId: string; transport: string }[]
  const clients = Object.values(officialClients).flatMap(open =>
    transports.map(transport => open(server.endpoints[0]!, transport)),
  )
  for (const client of clients) await client.handshake()
  // A second publish is answered when the connect after the handshake is held.
  for (const client of clients) for (const n of [1, 2]) await client.publish('/demo/any', { n })
  const before = await sessions()
  expect(before.length).toBe(clients.length)
  for (const { clientId } of before)
    await fetch(`${server.control}/comet-sessions/${clientId}/disconnect`, { method: 'POST' })
  await new Promise(resolve => setTimeout(resolve, comesBackMs))
  expect(await sessions()).toEqual([])
})
