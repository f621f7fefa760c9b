import type { BenchCase, BenchResult } from '../case.ts'
import { mebibytes } from '../memory-text.ts'
import { thousands } from '../ratio-result.ts'
import { drive, post } from '../raw-client.ts'
import { payloadChatForm } from '../request-chat-form.ts'
import { slope } from '../slope.ts'
import { type Subject, startSubject } from '../subject.ts'

const first = [1_000, 5_000, 10_000]
const many = 100_000
const most = 2 * 1024
const connections = 32

interface Memory {
  heapBytes: number
  rssBytes: number
}

/** Idle async sessions with a push subscription; each has the one event of its customer's joining in its transcript. */
export const benchCase: BenchCase = {
  name: 'memory',
  what: 'server heap per idle async session with push subscription (slope after full collections)',
  bound: '<= 2,048 bytes beyond the transcript, flat to 100,000 sessions',
  async run(say) {
    const server = await startSubject('idle-sessions.ts', {}, ['--expose-gc'])
    try {
      const points: { sessions: number; memory: Memory }[] = []
      let opened = 0
      for (const sessions of [...first, many]) {
        await open(server, opened, sessions)
        opened = sessions
        const memory = (await server.ask({ ask: 'memory' })) as Memory
        points.push({ sessions, memory })
        say(`${thousands(sessions)} sessions: heap ${mebibytes(memory.heapBytes)}, RSS ${mebibytes(memory.rssBytes)}`)
      }
      return judged(points)
    } finally {
      await server.stop()
    }
  },
}

function judged(points: { sessions: number; memory: Memory }[]): BenchResult {
  const heapOf = (from: number, to: number) =>
    slope(points.slice(from, to).map(({ sessions, memory }) => [sessions, memory.heapBytes]))
  const few = heapOf(0, first.length)
  const lot = heapOf(first.length - 1, points.length)
  const last = points.at(-1)!
  return {
    figure: `${thousands(few)} bytes to 10,000, ${thousands(lot)} to 100,000 sessions, transcript of one event included`,
    absolute: `${mebibytes(last.memory.heapBytes)} heap, ${mebibytes(last.memory.rssBytes)} RSS with ${thousands(many)}`,
    // Growth of hash tables comes in steps: a tenth more is still flat.
    verdict: Math.max(few, lot) <= most && lot <= 1.1 * few ? 'holds' : 'broken',
  }
}

async function open(server: Subject, from: number, to: number): Promise<void> {
  const { port, service } = server.ready as { port: number; service: string }
  const requests = to - from
  const statuses = await drive({
    host: '127.0.0.1',
    port,
    connections,
    requests,
    request: n => post(`/genesys/2/chat/${service}`, payloadChatForm(from + n), 'application/x-www-form-urlencoded'),
  })
  if (statuses.get(200) !== requests) throw new Error(`not every chat was started: ${JSON.stringify([...statuses])}`)
}
