import { startTestServer, type TestServer } from '../../server-for-tests.ts'
import { type CometClient, startCometClient } from './comet-client-for-tests.ts'

/** A server under test and its CometD clients; chats start one after the other. */
export interface CometStage {
  under: TestServer
  /** The chat that began last, '' = none. */
  newest(): string
  /** @param node by number, the first is 0 */
  client(node?: number): Promise<CometClient>
  close(): Promise<void>
}

export async function startCometStage(settings: Parameters<typeof startTestServer>[0]): Promise<CometStage> {
  const under = await startTestServer(settings)
  const open: CometClient[] = []
  let newest = ''
  for (const desk of under.server.desks) {
    desk.observe({
      sessionStarted(chatId) {
        newest = chatId
      },
    })
  }
  return {
    under,
    newest: () => newest,
    async client(node = 0) {
      const made = await startCometClient(under.server.urls[node]!)
      open.push(made)
      return made
    },
    async close() {
      for (const each of open) await each.cut()
      await under.close()
    },
  }
}
