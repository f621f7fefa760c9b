import { alternate } from '../alternate.ts'
import { openBarePostClient, openBareSocketClient } from './bare-client.ts'
import { type BayeuxPeer, startBareAnswer, startBareEcho, startOurs } from './bayeux-peer.ts'
import { type EchoChannel, type EchoClient, publishText } from './echo-client.ts'
import { type EchoLoad, echoPass } from './echo-pass.ts'
import { inFlight, type Row, ratioRow, sessions, type Transport, withClient } from './row.ts'

/** A JVM compiles what is hot only after a while. */
const warmUpSeconds = 20
const pairs = 5

export const closed: EchoLoad = { seconds: 2, shape: { inFlight } }
/** CPU of another process is known to 10 ms: a pass has to use half a second of it to be good to some 2 %. */
const open: EchoLoad = { seconds: 5, shape: { perSecond: 3_000 } }

export interface Against {
  start(): Promise<BayeuxPeer>
  channel: EchoChannel
  atLeast: { closed: number; open: number }
}

/** Echoes through our server and through another one, in closed and in open loop. */
export async function echoRows({ start, channel, atLeast }: Against, transport: Transport): Promise<Row[]> {
  const peer = await start()
  const ours = await startOurs()
  try {
    return await withClient(peer, transport, sessions, channel, theirs =>
      withClient(ours, transport, sessions, channel, own => compared(own, theirs)),
    )
  } finally {
    await Promise.all([peer.stop(), ours.stop()])
  }

  async function compared(own: EchoClient, theirs: EchoClient): Promise<Row[]> {
    const pass = (client: EchoClient, server: BayeuxPeer, load: EchoLoad) => echoPass(client, load, server.cpuSeconds)
    await pass(theirs, peer, { ...closed, seconds: warmUpSeconds })
    const rows: Row[] = []
    for (const [name, load, least] of [
      [`${inFlight} in flight`, closed, atLeast.closed],
      ['open loop 3,000/s', open, atLeast.open],
    ] as const) {
      const their = () => pass(theirs, peer, load)
      const row = ratioRow(
        `echoes, ${transport}, ${name}, against ${peer.name}`,
        await alternate({ pairs }, () => pass(own, ours, load), their),
        least,
      )
      rows.push(row)
      if (!row.holds) row.bound += ` (${await limit(transport, load, their)})`
    }
    return rows
  }
}

/** How much of a bound that is missed could be had at all. */
async function limit(transport: Transport, load: EchoLoad, theirs: () => ReturnType<typeof echoPass>): Promise<string> {
  const bare = transport === 'websocket' ? await startBareEcho() : await startBareAnswer()
  const openBare = transport === 'websocket' ? openBareSocketClient : openBarePostClient
  const text = (id: number) => publishText('/service/echo', 'c'.repeat(26), id)
  const client = await openBare(bare.url, sessions, text)
  try {
    const { ratio } = await alternate({ pairs }, () => echoPass(client, load, bare.cpuSeconds), theirs)
    return `${bare.name} of the same bytes: ${ratio.toFixed(2)}`
  } finally {
    client.close()
    await bare.stop()
  }
}
