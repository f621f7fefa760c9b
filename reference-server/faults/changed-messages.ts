import type { BayeuxMessage } from '../gms-node/bayeux/message.ts'
import type { FaultGate } from './gate.ts'

type About = { transport: string; clientId: string | undefined }

/** A gate that changes Bayeux messages on their way out, one by one; undefined = this one is left out. */
export function changedMessages(
  fits: (message: BayeuxMessage) => boolean,
  change: (message: BayeuxMessage, about: About) => BayeuxMessage | undefined,
): FaultGate {
  return {
    bayeuxOut: (messages, about) =>
      messages.map(each => (fits(each) ? change(each, about) : each)).filter(each => each !== undefined),
  }
}

/** A gate that changes Bayeux messages as they come in, one by one. */
export function changedRequests(
  fits: (message: BayeuxMessage) => boolean,
  change: (message: BayeuxMessage) => BayeuxMessage,
): FaultGate {
  return { bayeuxIn: messages => messages.map(each => (fits(each) ? change(each) : each)) }
}

export const isReply = (message: BayeuxMessage) => 'successful' in message
export const isEvent = (message: BayeuxMessage) => !isReply(message)
export const replyTo = (channel: string) => (message: BayeuxMessage) => isReply(message) && message.channel === channel
export const isSuccess = (message: BayeuxMessage) => message.successful === true
export const isPublish = ({ channel }: BayeuxMessage) => typeof channel === 'string' && !channel.startsWith('/meta/')
export const isUnknown = ({ error }: BayeuxMessage) => typeof error === 'string' && error.startsWith('402:')

/** Refused in place of what was answered. */
export function refused({ channel, id }: BayeuxMessage, error: string): BayeuxMessage {
  return { channel, ...(id === undefined ? {} : { id }), successful: false, error }
}

export function accepted({ error: _, advice: _advice, ...message }: BayeuxMessage): BayeuxMessage {
  return { ...message, successful: true }
}
