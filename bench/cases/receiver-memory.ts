import type { BenchCase } from '../case.ts'
import { followObservations } from '../follow-observations.ts'
import { httpPass } from '../http-pass.ts'
import { mebibytes } from '../memory-text.ts'
import { notificationRequests } from '../notification-requests.ts'
import { thousands } from '../ratio-result.ts'
import { slope } from '../slope.ts'
import { startSubject } from '../subject.ts'

const posts = 200_000
const points = 10
const connections = 64
const most = 4 * 2 ** 20

/** A collector follows, as in every run: without one the receiver keeps some frames for the one that is to come. */
export const benchCase: BenchCase = {
  name: 'receiver-memory',
  what: 'receiver heap over 200,000 POSTs with a collector that follows (after full collections)',
  bound: '<= 4 MiB more after the last than after the first 20,000',
  async run(say) {
    const receiver = await startSubject('receiver.ts', {}, ['--expose-gc'])
    const collector = await followObservations((receiver.ready as { port: number }).port)
    try {
      const bytes = notificationRequests()
      const measured: [posts: number, heapBytes: number][] = []
      for (let at = 1; at <= points; at += 1) {
        await httpPass(receiver, { requests: posts / points, connections, bytes })
        const { heapBytes } = (await receiver.ask({ ask: 'memory' })) as { heapBytes: number }
        measured.push([(posts / points) * at, heapBytes])
        say(`${thousands((posts / points) * at)} POSTs: heap ${mebibytes(heapBytes)}`)
      }
      const more = measured.at(-1)![1] - measured[0]![1]
      return {
        figure: `${mebibytes(more)} more, ${slope(measured).toFixed(2)} bytes a POST`,
        absolute: `${mebibytes(measured.at(-1)![1])} heap`,
        verdict: more <= most ? 'holds' : 'broken',
      }
    } finally {
      collector.close()
      await receiver.stop()
    }
  },
}
