import { alternate } from '../alternate.ts'
import { type BenchCase, leastBusy } from '../case.ts'
import { httpPass } from '../http-pass.ts'
import { notificationRequests } from '../notification-requests.ts'
import { ratioResult } from '../ratio-result.ts'
import { startSubject } from '../subject.ts'

const connections = 64
const requests = 10_000
const pairs = 15

export const benchCase: BenchCase = {
  name: 'receiver',
  what: 'receiver intake with every notification validated, against a bare fastify that only parses',
  bound: '>= 0.6',
  async run(say) {
    const receiver = await startSubject('receiver.ts')
    const bare = await startSubject('bare-parse.ts')
    try {
      const bytes = notificationRequests()
      say(`${pairs} pairs of ${requests} POSTs, ${connections} connections`)
      const load = { requests, connections, bytes }
      const comparison = await alternate(
        { pairs, leastBusy },
        () => httpPass(receiver, load),
        () => httpPass(bare, load),
      )
      return ratioResult(comparison, 0.6, 'POSTs')
    } finally {
      await Promise.all([receiver.stop(), bare.stop()])
    }
  },
}
