import type { BayeuxMessage } from '../../../protocol/bayeux/message.ts'
import { type Answer, readAnswer } from '../answer.ts'

/** What came on a chat channel, as an answer of the chat API: `status` is 200, there is no other over CometD. */
export interface Notification extends Answer {
  channel: string
  /** Nobody asked for it: it names its channel in the data. */
  isUnasked: boolean
}

export function readNotification({ channel = '', data }: BayeuxMessage): Notification {
  const text = JSON.stringify(data) ?? ''
  const answer = readAnswer({ status: 200, headers: {}, text, bytes: Buffer.from(text) })
  return { ...answer, channel, isUnasked: typeof answer.body.channel === 'string' }
}
