import { alternate } from '../alternate.ts'
import { type BenchCase, leastBusy } from '../case.ts'
import { httpPass } from '../http-pass.ts'
import { ratioResult } from '../ratio-result.ts'
import { post } from '../raw-client.ts'
import { startSubject } from '../subject.ts'

const connections = 64
const requests = 10_000
const pairs = 15

/** A payload notification as the documentation shows it (PUSH-040 ff., mode B), for session n of a run. */
function notification(n: number): string {
  return JSON.stringify({
    message: {
      secureKey: 'G1xBGx9aTUYVBEECD0UZAVwTQEQDFgRZFVJTXEI3QSFFIShAHyVcRUI2GUJXXUEeAikkNSNTJFddQRc=',
      chatId: 'deprecated',
      nextPosition: n + 2,
      messages: [
        {
          from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
          index: n + 1,
          text: `cg/bench0/a0.${n % 1000}/${n + 1}/1795220172230.125+350 good morning, what can I do for you?`,
          type: 'Message',
          utcTime: 1795220172000,
        },
      ],
      alias: '0',
      chatEnded: false,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    },
    deviceId: `cg-bench0-0-${n % 1000}`,
  })
}

export const benchCase: BenchCase = {
  name: 'receiver',
  what: 'receiver intake with every notification validated, against a bare fastify that only parses',
  bound: '>= 0.6',
  async run(say) {
    const receiver = await startSubject('receiver.ts')
    const bare = await startSubject('bare-parse.ts')
    try {
      const bytes = Array.from({ length: 1000 }, (_, n) => post('/push/gms-1', notification(n), 'application/json'))
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
