import { alternate } from '../alternate.ts'
import { openBareSocketClient } from './bare-client.ts'
import { startBareEcho, startOurs } from './bayeux-peer.ts'
import { anySendText, openChatClient } from './chat-client.ts'
import { echoPass } from './echo-pass.ts'
import { closed } from './echo-rows.ts'
import { inFlight, type Row, ratioRow, sessions } from './row.ts'

/** What a customer says and hears as a notification, through node and Chat Server. */
export async function chatRow(): Promise<Row> {
  const ours = await startOurs()
  const bare = await startBareEcho()
  const chats = await openChatClient(ours.url, sessions)
  const sockets = await openBareSocketClient(bare.url, sessions, anySendText)
  try {
    const result = await alternate(
      { pairs: 3, warmUp: 2 },
      () => echoPass(chats, closed, ours.cpuSeconds),
      () => echoPass(sockets, closed, bare.cpuSeconds),
    )
    const what = `chat messages that come back as notifications, websocket, ${inFlight} in flight`
    return ratioRow(`${what}, against ${bare.name} of the same bytes`, result, 0.35)
  } finally {
    chats.close()
    sockets.close()
    await Promise.all([ours.stop(), bare.stop()])
  }
}
