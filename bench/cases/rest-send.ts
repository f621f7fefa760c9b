import { alternate } from '../alternate.ts'
import { type BenchCase, leastBusy } from '../case.ts'
import { httpPass } from '../http-pass.ts'
import { ratioResult } from '../ratio-result.ts'
import { post } from '../raw-client.ts'
import { startSubject } from '../subject.ts'

const connections = 64
const requests = 12_000
const pairs = 15
const sessions = 200

/** `POST …/send` through GMS node and Chat Server, against node:http that echoes the same bytes as JSON. */
export const benchCase: BenchCase = {
  name: 'rest-send',
  what: 'REST send through node and Chat Server, against a bare node:http JSON echo',
  bound: '>= 0.5 (goal 0.7)',
  async run(say) {
    const server = await startSubject('reference-server.ts', { sessions })
    const echo = await startSubject('json-echo.ts')
    try {
      const { service, tokens } = server.ready as { service: string; tokens: { chatId: string; form: string }[] }
      const bytes = tokens.map(({ chatId, form }) =>
        post(
          `/genesys/2/chat/${service}/${chatId}/send`,
          `${form}&message=hello+there`,
          'application/x-www-form-urlencoded',
        ),
      )
      say(`${pairs} pairs of ${requests} requests, ${connections} connections, ${sessions} sessions`)
      const load = { requests, connections, bytes }
      const comparison = await alternate(
        { pairs, leastBusy },
        () => httpPass(server, load),
        () => httpPass(echo, load),
      )
      return ratioResult(comparison, 0.5, 'sends')
    } finally {
      await Promise.all([server.stop(), echo.stop()])
    }
  },
}
