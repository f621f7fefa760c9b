import { jvmHeap } from '../../tests/peers/cometd/start-cometd.ts'
import { type BayeuxPeer, startFaye, startJavaCometd } from '../bayeux/bayeux-peer.ts'
import { chatRow } from '../bayeux/chat-row.ts'
import { type Against, echoRows } from '../bayeux/echo-rows.ts'
import { idleRows } from '../bayeux/idle-rows.ts'
import { type Row, sessions, transports } from '../bayeux/row.ts'
import type { BenchCase } from '../case.ts'
import { thousands } from '../ratio-result.ts'

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
      for (const transport of transports) {
        for (const row of await echoRows(each, transport)) {
          rows.push(row)
          say(`${row.what}: ${row.figure}, ${row.absolute}`)
        }
      }
    }
    const chat = await chatRow()
    rows.push(chat)
    say(`${chat.what}: ${chat.figure}, ${chat.absolute}`)
    if (missing.length === 0) {
      for (const transport of transports) {
        for (const row of await idleRows(transport)) {
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
