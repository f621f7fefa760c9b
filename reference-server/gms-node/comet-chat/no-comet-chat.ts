import type { BayeuxServer } from '../bayeux/bayeux-server.ts'
import { requestError } from '../request-error.ts'
import { refusalText } from './comet-answer.ts'
import { chatChannel } from './comet-chat.ts'

/** No service has a chat over CometD (CV2-110); who asks for one is told why rather than kept waiting. */
const noChat = requestError(404, 9003, 'no chat over CometD: [chat] enable_notification_mode is false')

export function refuseCometChat(bayeux: BayeuxServer): void {
  bayeux.onService(chatChannel, (session, _data, channel) => bayeux.deliverText(session, refusalText(channel, noChat)))
}
