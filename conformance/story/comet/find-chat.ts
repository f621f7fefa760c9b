import type { SessionView } from '../agent.ts'
import { StoryError } from '../broken-rule.ts'
import type { Scene } from '../scene.ts'

/** User data of every chat of ours over CometD, by which the control port finds it: its customer never hears an id. */
export const markerKey = 'chatgauge_customer'

/** @param marker of the chat, newest first. */
export async function findChat({ stack }: Scene, marker: string): Promise<string> {
  const { control } = stack
  if (!control) throw new StoryError('nobody finds a chat without a control port')
  const servers = await control.call<{ chatIds: string[] }[]>('GET', '/sessions')
  for (const chatId of servers.flatMap(each => each.chatIds.toReversed())) {
    const view = await control
      .call<SessionView>('GET', `/sessions/${encodeURIComponent(chatId)}`)
      .catch(() => undefined)
    if (view?.userData[markerKey] === marker) return chatId
  }
  throw new StoryError('the control port does not know the chat')
}
