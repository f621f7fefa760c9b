import { jvmHeap } from '../../tests/peers/cometd/start-cometd.ts'
import { alternate } from '../alternate.ts'
import { type BayeuxPeer, startBareEcho, startFaye, startJavaCometd, startOurs } from '../bayeux/bayeux-peer.ts'
import { openBareClient, openChatClient } from '../bayeux/chat-client.ts'
import type { EchoChannel, EchoClient } from '../bayeux/echo-client.ts'
import { type EchoLoad, echoPass } from '../bayeux/echo-pass.ts'
import { openPollClient } from '../bayeux/poll-client.ts'
import { openSocketClient } from '../bayeux/socket-client.ts'
import type { BenchCase } from '../case.ts'
import { thousands } from '../ratio-result.ts'

const sessions = 1_000
const inFlight = 32
const idleSessions = 5_000
const pairs = 3
const passSeconds = 2
/** A JVM compiles what is hot only after a while. */
const warmUpSeconds = 20

const closed: EchoLoad['shape'] = { inFlight }
const open: EchoLoad['shape'] = { perSecond: 3_000 }
const transports = { websocket: openSocketClient, 'long-polling': openPollClient } as const
type Transport = keyof typeof transports

interface Row {
  what: string
  figure: string
  absolute: string
  bound: string
  holds: boolean
}

interface Against {
  start(): Promise<BayeuxPeer>
  channel: EchoChannel
  atLeast: { closed: number; open: number }
}

const against: readonly Against[] = [
  { start: () => startJavaCometd('v3'), channel: 'service', atLeast: { closed: 0.8, open: 1.2 } },
  { start: () => startJavaCometd('v9'), channel: 'service', atLeast: { closed: 2, open: 2 } },
  { start: startFaye, channel: 'own broadcast channel', atLeast: { closed: 2, open: 2 } },
]

/** The Bayeux server against those that people run. */
export const benchCase: BenchCase = {
  name: 'cometd',
  what: `echoes per CPU-second of the Bayeux server, ${thousands(sessions)} sessions, against CometD 3.1 and 9 on Jetty and Faye; RSS and heap of an idle session`,
  bound: 'each row has its own',
  async run(say) {
    const rows: Row[] = []
    const missing: string[] = []
    for (const each of against) {
      let peer: BayeuxPeer
      try {
        peer = await each.start()
      } catch (error) {
        missing.push((error as Error).message)
        say(`left out: ${(error as Error).message}`)
        continue
      }
      await peer.stop()
      for (const transport of Object.keys(transports) as Transport[]) {
        for (const row of await echoes(each, transport)) {
          rows.push(row)
          say(`${row.what}: ${row.figure}, ${row.absolute}`)
        }
      }
    }
    const chat = await chatMessages()
    rows.push(chat)
    say(`${chat.what}: ${chat.figure}, ${chat.absolute}`)
    if (missing.length === 0) {
      for (const transport of Object.keys(transports) as Transport[]) {
        for (const row of await idle(transport)) {
          rows.push(row)
          say(`${row.what}: ${row.figure}, ${row.absolute}`)
        }
      }
    }
    const held = rows.filter(({ holds }) => holds).length
    return {
      figure: `${held} of ${rows.length} bounds hold`,
      absolute: `JVM heap ${jvmHeap}`,
      verdict: held < rows.length ? 'broken' : missing.length > 0 ? 'not judged' : 'holds',
      ...(missing.length > 0 && { note: missing.join('; ') }),
      section: [
        '| what | ratio (spread) | absolute | bound | |',
        '| --- | --- | --- | --- | --- |',
        ...rows.map(
          ({ what, figure, absolute, bound, holds }) =>
            `| ${what} | ${figure} | ${absolute} | ${bound} | ${holds ? 'holds' : 'broken'} |`,
        ),
      ].join('\n'),
    }
  },
}

async function withClient<T>(
  peer: BayeuxPeer,
  transport: Transport,
  count: number,
  channel: EchoChannel,
  use: (client: EchoClient) => Promise<T>,
): Promise<T> {
  const client = await transports[transport](peer.url, count, channel, inFlight)
  try {
    return await use(client)
  } finally {
    client.close()
  }
}

async function echoes({ start, channel, atLeast }: Against, transport: Transport): Promise<Row[]> {
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
    await pass(theirs, peer, { seconds: warmUpSeconds, shape: closed })
    const rows: Row[] = []
    for (const [name, shape, least] of [
      [`${inFlight} in flight`, closed, atLeast.closed],
      ['open loop 3,000/s', open, atLeast.open],
    ] as const) {
      const load = { seconds: passSeconds, shape }
      const result = await alternate(
        { pairs },
        () => pass(own, ours, load),
        () => pass(theirs, peer, load),
      )
      rows.push({
        what: `echoes, ${transport}, ${name}, against ${peer.name}`,
        figure: `${result.ratio.toFixed(2)} (${result.least.toFixed(2)} to ${result.greatest.toFixed(2)})`,
        absolute: `${thousands(result.ours)} against ${thousands(result.bare)} per CPU-second`,
        bound: `>= ${least}`,
        holds: result.ratio >= least,
      })
    }
    return rows
  }
}

async function chatMessages(): Promise<Row> {
  const ours = await startOurs()
  const bare = await startBareEcho()
  const chats = await openChatClient(ours.url, sessions)
  const sockets = await openBareClient(bare.url, sessions)
  try {
    const load: EchoLoad = { seconds: passSeconds, shape: closed }
    const result = await alternate(
      { pairs, warmUp: 2 },
      () => echoPass(chats, load, ours.cpuSeconds),
      () => echoPass(sockets, load, bare.cpuSeconds),
    )
    return {
      what: `chat messages that come back as notifications, websocket, ${inFlight} in flight, against ${bare.name} of the same bytes`,
      figure: `${result.ratio.toFixed(2)} (${result.least.toFixed(2)} to ${result.greatest.toFixed(2)})`,
      absolute: `${thousands(result.ours)} against ${thousands(result.bare)} per CPU-second`,
      bound: '>= 0.35',
      holds: result.ratio >= 0.35,
    }
  } finally {
    chats.close()
    sockets.close()
    await Promise.all([ours.stop(), bare.stop()])
  }
}

/** Issue 7: of a session whose connect is held. */
const heapKiB: Record<Transport, number> = { websocket: 6, 'long-polling': 10 }

/** What a held connect adds to RSS, of CometD 3.1 and ours, and to our heap. */
async function idle(transport: Transport): Promise<Row[]> {
  const grown = async (start: () => Promise<BayeuxPeer>) => {
    const peer = await start()
    const inUse = async () => ({ heapBytes: (await peer.collect()) ?? 0, rssBytes: peer.rssBytes() })
    try {
      // Code, pools and the part of the heap where objects are young grow with the first load, whatever the sessions.
      await withClient(peer, transport, 200, 'service', client =>
        echoPass(client, { seconds: pairs, shape: closed }, peer.cpuSeconds),
      )
      const before = await inUse()
      return await withClient(peer, transport, idleSessions, 'service', async () => {
        const after = await inUse()
        const each = (what: keyof typeof after) => (after[what] - before[what]) / idleSessions / 1024
        return { heap: each('heapBytes'), rss: each('rssBytes') }
      })
    } finally {
      await peer.stop()
    }
  }
  const ours = await grown(startOurs)
  const theirs = await grown(() => startJavaCometd('v3'))
  const of = `of an idle session, ${transport}, ${thousands(idleSessions)} sessions`
  return [
    {
      what: `RSS ${of}, against CometD 3.1`,
      figure: (ours.rss / theirs.rss).toFixed(2),
      absolute: `${ours.rss.toFixed(1)} against ${theirs.rss.toFixed(1)} KiB`,
      bound: '<= 0.6',
      holds: ours.rss <= theirs.rss * 0.6,
    },
    {
      what: `heap ${of}`,
      figure: `${ours.heap.toFixed(1)} KiB`,
      absolute: '',
      bound: `<= ${heapKiB[transport]} KiB`,
      holds: ours.heap <= heapKiB[transport],
    },
  ]
}
