import { thousands } from '../ratio-result.ts'
import { type BayeuxPeer, startJavaCometd, startOurs } from './bayeux-peer.ts'
import { echoPass } from './echo-pass.ts'
import { closed } from './echo-rows.ts'
import { type Row, type Transport, withClient } from './row.ts'

const idleSessions = 5_000

/** Of a session whose connect is held. */
const heapKiB: Record<Transport, number> = { websocket: 6, 'long-polling': 10 }

/** What a held connect adds to RSS, of CometD 3.1 and ours, and to our heap. */
export async function idleRows(transport: Transport): Promise<Row[]> {
  const grown = async (start: () => Promise<BayeuxPeer>) => {
    const peer = await start()
    const inUse = async () => ({ heapBytes: (await peer.collect()) ?? 0, rssBytes: peer.rssBytes() })
    try {
      // Code, pools and the part of the heap where objects are young grow with the first load, whatever the sessions.
      await withClient(peer, transport, 200, 'service', client =>
        echoPass(client, { ...closed, seconds: 3 }, peer.cpuSeconds),
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
